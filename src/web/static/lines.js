// From the server's lines to elements. Only text nodes are made of what people and bot wrote: nothing is ever parsed as HTML.

export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

// Times as the person's own device writes them, where it speaks the page's language. Gregorian: our dates are.
const device = (navigator.languages || []).find((tag) => tag.split('-')[0] === document.documentElement.lang);
const zone = (device || document.documentElement.lang) + '-u-ca-gregory';
const hour = new Intl.DateTimeFormat(zone, { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat(zone, { weekday: 'long', day: 'numeric', month: 'long' });

export const time = (at) => make('time', { datetime: new Date(at).toISOString() }, hour.format(at));

export const dayOf = (at) => new Date(at).toDateString();

export const day = (at, words) => {
  const name = dayOf(at) === dayOf(Date.now()) ? words.today
    : dayOf(at) === dayOf(Date.now() - 86400000) ? words.yesterday : date.format(at);
  return make('li', { class: 'day' }, make('time', { datetime: new Date(at).toISOString().slice(0, 10) }, name));
};

// An address of the web becomes a link; what ends a sentence does not belong to it.
const linked = (text) => text.split(/(https:\/\/[^\s\u2066-\u2069]+[^\s\u2066-\u2069.,;:!?)\u060c\u061b\u061f»])/).map((piece, place) =>
  place % 2 ? make('a', { href: piece, target: '_blank', rel: 'noopener noreferrer', dir: 'ltr' }, piece) : piece);

const inline = (runs, links) => runs.flatMap((run) => {
  const words = links ? linked(run.t) : [run.t];
  return run.b ? [make('b', {}, ...words)] : words;
});

// Cuts the runs where the text has line breaks.
const rows = (spans) => {
  const all = [[]];
  for (const span of spans) {
    span.t.split('\n').forEach((words, place) => {
      if (place) all.push([]);
      if (words) all[all.length - 1].push({ t: words, b: span.b });
    });
  }
  return all;
};

const marker = (row) => row[0] && /^(?:•|(\d{1,2})\.) /.exec(row[0].t);

// Paragraphs and lists. Each finds its own direction: a question in Arabic may be answered with an address in Latin letters.
export const body = (spans, links) => {
  const out = [];
  let open = null;                                                     // the paragraph or list that goes on
  for (const row of rows(spans)) {
    const found = marker(row);
    if (!row.length) open = null;
    else if (found) {
      const tag = found[1] ? 'ol' : 'ul';
      if (open?.localName !== tag) {
        open = make(tag, { start: found[1] && found[1] !== '1' ? found[1] : null, dir: 'auto' });
        out.push(open);
      }
      const rest = [{ ...row[0], t: row[0].t.slice(found[0].length) }, ...row.slice(1)];
      // No direction on the item itself: the list would not count its words, and put numbers on the wrong side.
      open.append(make('li', {}, ...inline(rest, links)));
    } else if (open?.localName === 'p') open.append(make('br'), ...inline(row, links));
    else { open = make('p', { dir: 'auto' }, ...inline(row, links)); out.push(open); }
  }
  return out;
};
