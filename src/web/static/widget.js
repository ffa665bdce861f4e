// <script src="https://…/widget.js" async data-lang="ar" data-side="start"></script>
// A button in a corner of any page; the chat itself is a frame of our own site. No cookie, no other request, nothing global.
(() => {
  const script = document.currentScript;
  const words = __WORDS__;
  const base = new URL(script.src).origin;
  const wanted = (script.dataset.lang || document.documentElement.lang || '').split('-')[0];
  const lang = words[wanted] ? wanted : Object.keys(words)[0];
  const { open, close, title, dir } = words[lang];

  const host = document.createElement('div');
  host.dir = dir;
  host.lang = lang;
  const shade = host.attachShadow({ mode: 'open' });
  // A constructed sheet works under a content security policy that forbids inline styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; }
    .box { position: fixed; z-index: 2147483000; inset-block-end: max(16px, env(safe-area-inset-bottom)); inset-inline-${script.dataset.side === 'start' ? 'start' : 'end'}: 16px;
      display: flex; flex-direction: column; align-items: flex-${script.dataset.side === 'start' ? 'start' : 'end'}; gap: 12px;
      font: 600 16px/1.4 "Segoe UI", "SF Arabic", "Noto Sans Arabic", "Geeza Pro", Tahoma, system-ui, sans-serif; }
    button { all: unset; box-sizing: border-box; cursor: pointer; min-height: 56px; padding: 0 20px; border-radius: 28px; background: #1b5e45; color: #fff;
      display: inline-flex; align-items: center; gap: 10px; box-shadow: 0 4px 16px rgb(20 50 38 / .3); position: relative; }
    button:hover { background: #14503a; }
    button:focus-visible { outline: 3px solid #1b5e45; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    button.new::after { content: ""; position: absolute; inset-block-start: 2px; inset-inline-end: 6px; width: 14px; height: 14px; border-radius: 50%; background: #f2c14e; border: 2px solid #fff; }
    svg { width: 24px; height: 24px; flex: none; }
    iframe { display: block; border: 0; width: min(400px, calc(100vw - 32px)); height: min(640px, calc(100vh - 112px)); height: min(640px, calc(100dvh - 112px));
      border-radius: 18px; background: #faf6ee; box-shadow: 0 12px 40px rgb(20 50 38 / .28); color-scheme: light dark; }
    iframe[hidden] { display: none; }
    @media (max-width: 480px) { iframe:not([hidden]) { position: fixed; inset: 0; width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; } .open button { visibility: hidden; } }
    @media (forced-colors: active) { button, iframe { border: 2px solid; } }
    @media print { .box { display: none; } }`);
  shade.adoptedStyleSheets = [sheet];

  const box = document.createElement('div');
  box.className = 'box';
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', 'frame');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('d', 'M5 3h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-7l-5 4.5V17H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3Z');
  svg.append(path);
  const label = document.createElement('span');
  label.textContent = open;
  button.append(svg, label);
  box.append(button);
  shade.append(box);

  // Some browsers give frames of other sites no storage. Then the chat's token is kept here, for this site alone.
  const kept = (token) => {
    try {
      if (token === undefined) return localStorage.getItem('awasir.chat.widget');
      return token ? localStorage.setItem('awasir.chat.widget', token) : localStorage.removeItem('awasir.chat.widget');
    } catch { return null; }
  };

  let frame = null, ready = false;
  const show = (on) => {
    if (on && !frame) {
      // Made on the first press: a page's visitor who does not chat loads nothing of it.
      frame = document.createElement('iframe');
      frame.id = 'frame';
      frame.title = title;
      frame.src = base + '/chat/frame?lang=' + lang;
      frame.addEventListener('load', () => { ready = true; tell(); });
      box.prepend(frame);
    }
    if (frame) frame.hidden = !on;
    box.classList.toggle('open', on);
    button.classList.remove('new');
    button.setAttribute('aria-expanded', String(on));
    label.textContent = on ? close : open;
    if (on) { frame.focus(); tell(); } else button.focus();
  };
  const tell = () => { if (ready && !frame.hidden) frame.contentWindow.postMessage({ awasir: 'open', token: kept() }, base); };
  button.addEventListener('click', () => show(!frame || frame.hidden));
  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== base) return;
    const { awasir, token } = event.data || {};
    if (awasir === 'close') show(false);
    if (awasir === 'new' && frame.hidden) button.classList.add('new');
    if (awasir === 'keep') kept(typeof token === 'string' ? token : null);
  });
  const mount = () => document.body.append(host);
  if (document.body) mount(); else addEventListener('DOMContentLoaded', mount);
})();
