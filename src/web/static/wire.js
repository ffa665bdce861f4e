// The session's token, the queue of messages to send, and reading: a stream first, polling where no stream comes through.
const TOKEN = 'awasir.chat.token';
const QUEUE = 'awasir.chat.queue';
const TRIES = 6;             // 1 + 2 + 4 + 8 + 16 seconds: then the person decides
const FIRST_BYTE = 8000;     // the server speaks at once; where nothing comes, something on the way holds streams back
const SILENCE = 40000;       // the server's heartbeat comes every 15 seconds

// Storage may be blocked in a frame of another site: then the page's own life has to do.
const box = (storage, name) => {
  let memory = null;
  return {
    blocked() { try { return !storage(); } catch { return true; } },
    get() { try { return storage()?.getItem(name) ?? memory; } catch { return memory; } },
    set(value) {
      memory = value;
      try { value === null ? storage().removeItem(name) : storage().setItem(name, value); } catch { /* memory has it */ }
    },
  };
};

// Aborts with the first of `signals`, or after `ms`. AbortSignal.any is too new for the telephones people have.
const whichever = (ms, ...signals) => {
  const both = new AbortController();
  if (ms) setTimeout(() => both.abort(), ms);
  for (const signal of signals) {
    if (signal.aborted) both.abort();
    signal.addEventListener('abort', () => both.abort(), { once: true });
  }
  return both.signal;
};

export class Refused extends Error {
  constructor(status, after) { super('refused ' + status); this.status = status; this.after = after; }
}

export class Wire {
  // `on`: kept(token), lines(lines), state(id, state), ended(why), net('online' | 'offline' | 'slow')
  constructor(base, lang, on) {
    this.base = base; this.lang = lang; this.on = on;
    this.tokenBox = box(() => localStorage, TOKEN);
    // A queue belongs to its tab, so that two tabs do not send each other's messages.
    this.queueBox = box(() => sessionStorage, QUEUE);
    this.token = this.tokenBox.get();
    try { this.queue = JSON.parse(this.queueBox.get()) || []; } catch { this.queue = []; }
    this.cursor = '';
    this.wakeUp = null;
    addEventListener('online', () => { this.on.net('online'); this.wakeUp?.(); });
    addEventListener('offline', () => this.on.net('offline'));
    addEventListener('storage', (event) => {
      if (event.key !== TOKEN) return;
      if (!event.newValue) this.forget('ended');                       // ended in another tab
      else if (!this.token) { this.token = event.newValue; this.listen(); }
      else this.token = event.newValue;
    });
  }

  keep(token) { this.token = token; this.tokenBox.set(token); this.on.kept(token); }

  // A token that somebody else kept for us, where this page's own storage is blocked.
  adopt(token) { if (!this.token) { this.token = token; this.listen(); } }

  get blocked() { return this.tokenBox.blocked(); }

  save() { this.queueBox.set(this.queue.length ? JSON.stringify(this.queue) : null); }

  forget(why) {
    this.token = null; this.cursor = ''; this.tokenBox.set(null); this.on.kept(null);
    this.reading?.abort(); this.reading = null;
    this.on.ended(why);
  }

  async post(path, body, signal = whichever(20000)) {
    const token = this.token;
    const headers = { 'Content-Type': 'application/json' };
    if (token) headers.Authorization = 'Bearer ' + token;
    const answer = await fetch(this.base + path, {
      method: 'POST', headers, body: JSON.stringify(body), signal, cache: 'no-store', credentials: 'omit',
    });
    const fresh = answer.headers.get('X-Chat-Token');
    if (fresh && this.token === token) this.keep(fresh);
    if (answer.ok) return answer;
    if (answer.status === 401 && this.token === token && token) this.forget('expired');
    throw new Refused(answer.status, Number(answer.headers.get('Retry-After')) || 0);
  }

  // ---- sending ----------------------------------------------------------------------------------------------------

  send(message) {
    this.queue.push({ ...message, lang: this.lang, tries: 0 });
    this.save();
    this.flush();
  }

  again(id) {
    // Whatever stopped behind the one that failed goes with it, in its order.
    for (const item of this.queue) if (item.failed) { item.failed = false; item.tries = 0; this.on.state(item.id, 'sending'); }
    this.save();
    this.flush();
  }

  async flush() {
    if (this.flushing) return;
    this.flushing = true;
    try {
      while (this.queue.length && !this.queue[0].failed) await this.sendOne(this.queue[0]);
    } finally { this.flushing = false; }
  }

  async sendOne(item) {
    const { id, text, choice, lang } = item;
    try {
      if (!this.token) this.keep((await (await this.post('session', { lang })).json()).token);
      await this.post('messages', { id, text, choice, lang });
      this.queue.shift();
      this.save();
      this.on.state(id, 'sent');
      this.listen();
    } catch (error) {
      if (!this.queue.includes(item)) return;                          // the chat was ended meanwhile
      if ([400, 413, 422].includes(error.status)) {
        this.queue.shift(); this.save(); this.on.state(id, 'refused');
        return;
      }
      item.tries += 1;
      if (item.tries >= TRIES) {
        for (const one of this.queue) { one.failed = true; this.on.state(one.id, 'failed'); }
        this.save();
        return;
      }
      if (error.status === 401) return;                                // told; the next round opens a new session
      if (error.status === 429) this.on.net('slow');
      else if (!navigator.onLine) this.on.net('offline');
      await this.pause(Math.max(2 ** (item.tries - 1), error.after || 0));
    }
  }

  // Waits, or until the connection comes back. Jitter: pages that lost one server must not come back as one.
  pause(seconds) {
    return new Promise((done) => {
      this.wakeUp = done;
      setTimeout(done, seconds * (800 + Math.random() * 400));
    });
  }

  // ---- reading ----------------------------------------------------------------------------------------------------

  async listen() {
    if (this.reading || !this.token) return;
    const run = this.reading = new AbortController();
    let misses = 0;                                                    // streams without a first byte
    let failures = 0;
    for (let polls = 0; !run.signal.aborted; ) {
      try {
        if (misses < 2) {
          if (await this.stream(run.signal)) misses = 0; else misses += 1;
        } else {
          await this.poll(run.signal);
          if ((polls += 1) % 30 === 0) misses = 1;                     // now and then, see whether streams come through
        }
        failures = 0;
      } catch (error) {
        if (run.signal.aborted) return;
        if (!error.heard && !(error.status > 400)) misses += 1;
        failures += 1;
        await this.pause(Math.max(Math.min(2 ** failures, 30), error.after || 0));
      }
    }
  }

  take(batch, signal) {
    if (signal.aborted) return;
    this.cursor = batch.cursor;
    this.on.lines(batch.lines);
  }

  async poll(signal) {
    const answer = await this.post('poll', { after: this.cursor }, whichever(30000, signal));
    this.take(await answer.json(), signal);
  }

  // Reads until the server ends the stream. Says whether anything came.
  async stream(signal) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), FIRST_BYTE);
    let heard = false;
    try {
      const answer = await this.post('events', { after: this.cursor }, whichever(0, signal, silence.signal));
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) return heard;
        heard = true;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE);
        const blocks = (rest + value).split('\n\n');
        rest = blocks.pop();
        for (const block of blocks) this.block(block, signal);
      }
    } catch (error) {
      error.heard = heard;
      throw error;
    } finally { clearTimeout(timer); }
  }

  block(block, signal) {
    const field = (name) => block.split('\n').find((line) => line.startsWith(name + ':'))?.slice(name.length + 1).trim();
    if (field('event') === 'lines') this.take(JSON.parse(field('data')), signal);
    if (field('event') === 'ended') this.forget('ended');
  }

  // ---- ending -----------------------------------------------------------------------------------------------------

  // The device forgets at once; the server is told as well as can be.
  async end() {
    const ended = this.token ? this.post('end', {}).catch(() => {}) : null;
    this.queue = []; this.save();
    this.forget('ended');
    await ended;
  }
}
