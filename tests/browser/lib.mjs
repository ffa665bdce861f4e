// Counting, watching, waiting: what the browser tests share.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'];

export class Run {
  constructor(base, out) {
    this.base = base.replace(/\/$/, '');
    this.out = out;
    this.passed = 0; this.failed = 0; this.wanted = process.env.ONLY;
    fs.mkdirSync(out, { recursive: true });
  }

  async start() {
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  }

  // One test, in a browser profile of its own. Whatever the page complains of or fetches from elsewhere fails it.
  async test(name, options, body) {
    if (this.wanted && !name.includes(this.wanted)) return;
    const { allow = [], errors = [], ...context } = options;
    const profile = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
    profile.setDefaultTimeout(10000);
    const trouble = [];
    profile.on('request', (request) => {
      const origin = new URL(request.url()).origin;
      if (origin !== 'null' && ![this.base, ...allow].includes(origin)) trouble.push('asked a third party: ' + request.url());
      if (/token|bearer|[\w-]{80,}/i.test(request.url())) trouble.push('a token in a URL: ' + request.url());
    });
    const complain = (text) => { if (!errors.some((known) => known.test(text))) trouble.push('console: ' + text); };
    profile.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complain(message.text()); });
    profile.on('weberror', (error) => complain(String(error.error())));
    const page = await profile.newPage();
    try {
      await body(page, profile);
      if (trouble.length) throw new Error(trouble.join('\n     '));
      this.passed += 1;
      console.log('  ok ' + name);
    } catch (error) {
      this.failed += 1;
      console.log('FAIL ' + name + '\n     ' + (error.stack || error).split('\n').slice(0, 12).join('\n     '));
      for (const line of trouble) console.log('     ' + line);
      await this.shot(page, 'failed ' + name).catch(() => {});
    } finally { await profile.close(); }
  }

  async shot(page, name) {
    await page.screenshot({ path: path.join(this.out, name.replace(/[^\w.-]+/g, '-') + '.png') });
  }

  // Nothing that axe-core knows to be wrong, in any frame.
  async accessible(page, what) {
    for (const frame of page.frames()) {
      if (frame.url() === 'about:blank') continue;
      await frame.evaluate(axeSource);
      const found = await frame.evaluate(() => axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }));
      const wrong = found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
      if (wrong.length) throw new Error(`axe-core, ${what}:\n     ` + wrong.join('\n     '));
    }
  }
}

export const equal = (found, wanted, what) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  }
};

export const yes = (fact, what) => { if (!fact) throw new Error(what); };

// Bytes on the wire, compressed as a browser would have them.
export const weigh = (url) => new Promise((done, fail) => {
  http.get(url, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
    let bytes = 0;
    answer.on('data', (piece) => { bytes += piece.length; });
    answer.on('end', () => done({ bytes, status: answer.statusCode, headers: answer.headers }));
  }).on('error', fail);
});

// A page of somebody else, on another origin.
export const foreign = (html) => new Promise((done) => {
  const server = http.createServer((request, answer) => {
    if (request.url !== '/') { answer.writeHead(204); answer.end(); return; }
    answer.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      // Such a site may be strict too: the widget has to live with it.
      'Content-Security-Policy': `default-src 'none'; script-src http:; frame-src http:; style-src 'self'; img-src data:`,
    });
    answer.end(html);
  });
  server.listen(0, '127.0.0.1', () => done({ origin: `http://localhost:${server.address().port}`, close: () => server.close() }));
});
