// The token stands behind the #: no browser sends it by itself. It is taken out of the address at once, so that it stays
// neither in the history nor in a screenshot, and is posted.
const opening = document.getElementById("open");
const token = location.hash.slice(1);
if (opening && token) {
  history.replaceState(null, "", location.pathname + location.search);
  opening.elements.token.value = token;
  opening.submit();
}

// Progress for weak lines. Without it, or where it fails, the form sends itself.
function wire() {
  const form = document.getElementById("send");
  document.getElementById("notice")?.focus();
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [button, line] = [form.querySelector("button"), document.getElementById("sending")];
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.responseType = "document";
    let told = -1;
    const tell = (share) => {
      if (share === told) return;
      told = share;
      line.textContent = `${form.dataset.sending} · ${share}%`;
    };
    call.upload.onprogress = (now) => now.lengthComputable && tell(Math.floor((now.loaded / now.total) * 10) * 10);
    call.onload = () => {
      const answer = call.response?.getElementById("content");
      if (!answer) return form.submit();
      document.getElementById("content").replaceWith(document.adoptNode(answer));
      wire();
    };
    call.onerror = () => form.submit();
    button.disabled = true;
    tell(0);
    call.send(new FormData(form));
  });
}
wire();
