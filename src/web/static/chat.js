// The page: shows lines, takes words and choices, keeps focus and screen readers in step.
import { Wire } from './wire.js';
import { body, day, dayOf, make, time } from './lines.js';

const find = (id) => document.getElementById(id);
const root = document.documentElement;
const page = find('chat');
const words = JSON.parse(page.dataset.words);
const lang = root.lang;
const list = find('lines'), log = find('log'), form = find('say'), text = find('text');
const typing = find('typing'), notice = find('notice'), more = find('more'), ask = find('ask');
const framed = root.classList.contains('framed') && parent !== window;

root.classList.add('js');

const seen = new Map();        // id of a line → its element
const waiting = new Map();     // id of a message of ours to send → its element
const labels = new Map();      // id of a choice → its words
let first = true;              // the first batch after loading is history: not read aloud, scrolled to its end
let keeper = null;             // the page around a frame, once it is known
let typingTimer;

// ---- showing --------------------------------------------------------------------------------------------------------

const say = (message) => { notice.textContent = message; notice.hidden = !message; };

// On a very low screen, or zoomed far in, the page itself scrolls.
const scroller = () => (getComputedStyle(log).overflowY === 'visible' ? root : log);

const nearEnd = () => { const area = scroller(); return area.scrollHeight - area.scrollTop - area.clientHeight < 120; };

// To the end, but never past the beginning of `element`: a long answer is read from its start.
const follow = (element) => {
  const area = scroller();
  const edge = area === root ? 0 : area.getBoundingClientRect().top;
  const top = element ? element.getBoundingClientRect().top - edge + area.scrollTop - 12 : Infinity;
  const calm = first || matchMedia('(prefers-reduced-motion: reduce)').matches;
  area.scrollTo({ top: Math.min(top, area.scrollHeight - area.clientHeight), behavior: calm ? 'instant' : 'smooth' });
};

const spoken = (line) => {
  if (line.text) return line.text;
  if (line.choice) return [{ t: labels.get(line.choice) || words.pressed }];
  return [{ t: words.attachment }];
};

// The words say all that it shows: where it does not come, nothing is missing.
const picture = (line) => {
  if (!line.picture) return null;
  const { src, alt, width, height } = line.picture;
  const image = make('img', { class: 'picture', src, alt, width, height });
  image.addEventListener('error', () => image.remove());
  return image;
};

const choices = (line) => {
  if (!line.choices?.length) return null;
  const group = make('div', { class: 'choices', role: 'group', 'aria-label': words.choices, lang: line.lang });
  for (const { id, label } of line.choices) {
    labels.set(id, label);
    const button = make('button', { type: 'button', dir: 'auto' }, label);
    button.addEventListener('click', () => submit({ choice: id }));
    group.append(button);
  }
  return group;
};

// What can be chosen is what was offered after the person's last words.
const closeChoices = () => { for (const group of list.querySelectorAll('.choices')) group.remove(); };

const bubble = (line) => {
  const mine = line.from === 'you';
  return make('li', { class: 'line ' + line.from, 'data-at': line.at },
    make('div', { class: 'bubble', lang: line.lang },
      make('span', { class: 'unseen' }, mine ? words.you : words.us), ' ', picture(line), ...body(spoken(line), !mine)),
    make('div', { class: 'under' }, time(line.at)));
};

// Puts a line where its time belongs; nearly always that is the end.
const place = (element, at) => {
  let before = null;
  for (let last = list.lastElementChild; last && Number(last.dataset.at) > at; last = last.previousElementSibling) {
    if (last.dataset.at) before = last;
  }
  list.insertBefore(element, before);
  const above = element.previousElementSibling;
  if (!above?.dataset.at || dayOf(Number(above.dataset.at)) !== dayOf(at)) {
    if (!above?.classList.contains('day')) list.insertBefore(day(at, words), element);
  }
};

const confirm = (line) => {
  const element = waiting.get(line.key);
  waiting.delete(line.key);
  element.dataset.at = line.at;
  setState(element, 'sent');
  seen.set(line.id, element);
};

const take = (lines) => {
  const stick = first || nearEnd();
  if (first) { list.querySelectorAll('.line, .day').forEach((old) => old.dataset.pending || old.remove()); }
  let answer = null;
  for (const line of lines) {
    if (seen.has(line.id)) continue;
    if (line.from === 'you' && waiting.has(line.key)) { confirm(line); continue; }
    if (line.from === 'you') closeChoices();
    const element = bubble(line);
    place(element, line.at);
    const group = line.from === 'us' ? choices(line) : null;
    if (group) element.append(group);
    seen.set(line.id, element);
    if (line.from === 'us') { answer ||= element; busy(false); }
  }
  if (seen.size) page.classList.add('begun');
  if (first && seen.size) follow(null);
  else if (answer && stick) follow(answer);
  else if (answer) more.hidden = false;
  if (answer && framed) parent.postMessage({ awasir: 'new' }, '*');
  first = false;
  // From now on what comes is read aloud.
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
};

const setState = (element, state) => {
  const under = element.querySelector('.under');
  under.querySelector('.state')?.remove();
  element.dataset.state = state;
  if (state === 'failed') {
    const again = make('button', { type: 'button', class: 'state' }, words.failed);
    again.addEventListener('click', () => wire.again(element.dataset.key));
    under.append(again);
  } else under.append(make('span', { class: 'state', 'aria-live': 'off' }, words[state]));
};

const busy = (on) => {
  clearTimeout(typingTimer);
  typing.hidden = !on;
  if (on) { typingTimer = setTimeout(() => busy(false), 30000); if (nearEnd()) follow(null); }
};

// ---- saying ---------------------------------------------------------------------------------------------------------

const pending = (item, at) => {
  const element = bubble({ from: 'you', at, text: item.text && [{ t: item.text }], choice: item.choice });
  element.dataset.key = item.id;
  element.dataset.pending = 'yes';
  waiting.set(item.id, element);
  place(element, at);
  setState(element, item.failed ? 'failed' : 'sending');
};

// No crypto.randomUUID: it is missing where the page is not on https.
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const submit = (what) => {
  const item = { id: fresh(), ...what };
  pending(item, Date.now());
  closeChoices();
  say('');
  page.classList.add('begun');
  more.hidden = true;
  follow(null);
  wire.send(item);
  text.focus({ preventScroll: true });
};

const grow = () => { text.style.height = 'auto'; text.style.height = Math.min(text.scrollHeight + 2, innerHeight / 3) + 'px'; };

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const written = text.value.trim();
  if (!written) { text.focus(); return; }
  text.value = '';
  grow();
  submit({ text: written });
});

text.addEventListener('input', grow);
text.addEventListener('keydown', (event) => {
  // On a touch keyboard Enter is a new line; there is a big button beside it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return;
  event.preventDefault();
  form.requestSubmit();
});

for (const button of document.querySelectorAll('#suggestions button')) {
  button.type = 'button';
  button.addEventListener('click', () => submit({ text: button.textContent.trim() }));
}

more.addEventListener('click', () => { more.hidden = true; follow(list.lastElementChild); text.focus({ preventScroll: true }); });
for (const area of [log, window]) area.addEventListener('scroll', () => { if (nearEnd()) more.hidden = true; }, { passive: true });

// ---- ending ---------------------------------------------------------------------------------------------------------

const clear = () => {
  list.querySelectorAll('.line, .day').forEach((old) => { if (!waiting.has(old.dataset.key)) old.remove(); });
  seen.clear();
  labels.clear();
  busy(false);
  more.hidden = true;
  if (!waiting.size) page.classList.remove('begun');
};

find('end').addEventListener('click', (event) => { event.preventDefault(); ask.showModal(); ask.querySelector('[value=no]').focus(); });
ask.addEventListener('close', () => {
  if (ask.returnValue !== 'yes') return;
  ask.returnValue = '';
  waiting.clear();
  wire.end();
  text.focus();
});

if (framed) {
  const close = find('close');
  close.hidden = false;
  close.addEventListener('click', () => parent.postMessage({ awasir: 'close' }, '*'));
  addEventListener('keydown', (event) => { if (event.key === 'Escape' && !ask.open) parent.postMessage({ awasir: 'close' }, '*'); });
  addEventListener('message', (event) => {
    if (event.source !== parent || event.data?.awasir !== 'open') return;
    if (page.dataset.trusts) keeper = { postMessage: (message) => parent.postMessage(message, event.origin) };
    if (typeof event.data.token === 'string' && wire.blocked) wire.adopt(event.data.token);
    else if (wire.token) wire.on.kept(wire.token);
    text.focus();
  });
}

// ---- start ----------------------------------------------------------------------------------------------------------

const wire = new Wire(page.dataset.base, lang, {
  // Where a browser gives frames no storage, the page around keeps the token for us: only one that the settings name.
  kept(token) { if (keeper && wire.blocked) keeper.postMessage({ awasir: 'keep', token }); },
  lines: take,
  state(id, state) {
    const element = waiting.get(id);
    if (element) setState(element, state);
    if (element && state === 'sent') busy(true);
    if (state === 'failed' || state === 'refused') busy(false);
    if (state === 'refused') say(words.refused);
  },
  ended(why) { clear(); say(words[why]); },
  net(state) { if (state !== 'online') say(words[state]); else if (!notice.hidden) { say(words.online); setTimeout(() => say(''), 4000); } },
});

// A form sent before this script had come brought its token with it.
const given = form.elements.token.value;
if (given && !wire.token) wire.keep(given);
for (const item of wire.queue) { pending(item, Date.now()); page.classList.add('begun'); }
if (!wire.token) { take([]); }
wire.listen();
wire.flush();
grow();
