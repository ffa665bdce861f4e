// Between `awasir serve` and the npm emulator telegram-test-api, which differs from Telegram in what is mended here:
// it knows method names in one spelling only, answers null where Telegram says true, never waits in getUpdates, knows no
// getWebhookInfo, and calls webhooks without the secret header.
import http from 'node:http';

const STEP = 100; // milliseconds between two looks for updates

const body = async (stream) => {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
};
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const json = { 'Content-Type': 'application/json' };

// `SendMessage` and `sendMessage` are one method to Telegram.
export const spelling = (method) => method.charAt(0).toLowerCase() + method.slice(1);

export class Adapter {
  constructor(emulator) {
    this.emulator = emulator;
    this.webhooks = new Map(); // token -> { url, secret_token }
    this.calls = []; // [method, body]
    this.away = new Set(); // methods whose next call finds nobody
    this.server = http.createServer((request, response) => {
      this.take(request, response).catch((error) => {
        response.writeHead(502, json).end(JSON.stringify({ ok: false, error_code: 502, description: String(error) }));
      });
    });
  }

  async start() {
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  async take(request, response) {
    const data = await body(request);
    const hook = /^\/hook\/(.+)$/.exec(request.url);
    if (hook) {
      const { status, text } = await this.deliver(decodeURIComponent(hook[1]), data);
      response.writeHead(status, json).end(text);
      return;
    }
    const call = /^\/bot([^/]+)\/(\w+)$/.exec(request.url);
    if (!call) { response.writeHead(404, json).end('{"ok":false,"error_code":404,"description":"Not Found"}'); return; }
    const token = decodeURIComponent(call[1]);
    const given = data.length ? JSON.parse(data) : {};
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await this.answer(token, spelling(call[2]), given, gone.signal);
    response.writeHead(answer.ok ? 200 : answer.error_code || 500, json).end(JSON.stringify(answer));
  }

  // Hands an update on as Telegram would: with the secret that setWebhook named.
  async deliver(token, data) {
    const hook = this.webhooks.get(token);
    if (!hook) return { status: 404, text: '{}' };
    const headers = { ...json, ...(hook.secret_token && { 'X-Telegram-Bot-Api-Secret-Token': hook.secret_token }) };
    const response = await fetch(hook.url, { method: 'POST', headers, body: data });
    return { status: response.status, text: await response.text() };
  }

  async answer(token, method, given, gone) {
    this.calls.push([method, given]);
    if (this.away.delete(method)) return { ok: false, error_code: 502, description: 'Bad Gateway' };
    switch (method) {
      case 'getWebhookInfo': {
        const url = this.webhooks.get(token)?.url ?? '';
        return { ok: true, result: { url, has_custom_certificate: false, pending_update_count: 0 } };
      }
      case 'setWebhook':
        this.webhooks.set(token, given);
        return this.forward(token, method, { ...given, url: `${this.url}/hook/${encodeURIComponent(token)}` });
      case 'deleteWebhook':
        this.webhooks.delete(token);
        return this.forward(token, method, given);
      case 'setMyCommands':
        return { ok: true, result: true };
      case 'getUpdates':
        return this.wait(token, given, gone);
      default:
        return this.forward(token, method, given);
    }
  }

  // The emulator answers at once, and takes for read whatever it has answered: ask only while somebody listens.
  async wait(token, given, gone) {
    const end = Date.now() + (given.timeout ?? 0) * 1000;
    for (;;) {
      const answer = await this.forward(token, 'getUpdates', given);
      if (!answer.ok || answer.result.length || Date.now() >= end || gone.aborted) return answer;
      await pause(STEP);
      if (gone.aborted) return { ok: true, result: [] };
    }
  }

  async forward(token, method, given) {
    const url = `${this.emulator}/bot${encodeURIComponent(token)}/${method}`;
    const response = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(given) });
    const answer = await response.json();
    if (!answer.ok) return { ok: false, error_code: 404, description: 'Not Found', ...answer };
    return answer.result === null ? { ...answer, result: true } : answer;
  }
}
