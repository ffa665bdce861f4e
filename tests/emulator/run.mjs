// The binary against a stand-in for Telegram that others wrote: node tests/emulator/run.mjs BINARY OUT_DIR
// First the adapter by itself, then whole conversations, by polling and by webhook. Everything is on loopback.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import TelegramServer from 'telegram-test-api';
import { Adapter } from './adapter.mjs';
import { Person } from './drive.mjs';

const TOKEN = '123456:AAtestAAtestAAtestAAtestAAtestAAtes';
const SECRET = 'hook-secret_1';
const QUESTION = 'شلون اسجل عيالي عندكم؟';
const ENGLISH = 'how do i sign up my kids for help';

const [binary, out] = process.argv.slice(2).map((name) => path.resolve(name));
if (!binary || !out) { console.error('usage: node run.mjs BINARY OUT_DIR'); process.exit(2); }
fs.mkdirSync(out, { recursive: true });

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
let passed = 0, failed = 0;
async function test(name, body) {
  try {
    await body();
    passed += 1;
    console.log('  ok ' + name);
  } catch (error) {
    failed += 1;
    console.log('FAIL ' + name + '\n     ' + String(error.stack || error).split('\n').slice(0, 10).join('\n     '));
  }
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

// An emulator of its own with its adapter.
async function telegram() {
  const emulator = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await emulator.start();
  const adapter = await new Adapter(emulator.config.apiURL).start();
  return { emulator, adapter, url: emulator.config.apiURL, async stop() { await adapter.stop(); await emulator.stop(); } };
}

// `awasir serve` with an empty database and these settings only; its log stays in OUT_DIR.
async function serve(name, settings) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'awasir-emulator-'));
  const base = `http://127.0.0.1:${await freePort()}`;
  const log = fs.openSync(path.join(out, `${name}.log`), 'w');
  const env = { PATH: process.env.PATH, HOME: folder, TZ: 'UTC', NO_PROXY: '127.0.0.1', LISTEN: base.slice(7), DATA_DIR: folder, ...settings(base) };
  if (process.env.MODELS_DIR) env.MODELS_DIR = process.env.MODELS_DIR;
  const child = spawn(binary, ['serve'], { cwd: folder, env, stdio: ['ignore', log, log] });
  const ended = new Promise((resolve) => { child.on('exit', (code, signal) => resolve(code ?? signal)); });
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(base + '/readyz').then((response) => response.ok, () => false);
    if (ready) break;
    if (tries === 200 || child.exitCode !== null) throw new Error(`awasir serve is not ready: see ${name}.log`);
    await pause(100);
  }
  return { base, async stop() {
    child.kill('SIGTERM');
    const code = await ended;
    fs.rmSync(folder, { recursive: true, force: true });
    assert.equal(code, 0, 'awasir serve ends well');
  } };
}

// One conversation, kept in OUT_DIR; what a person does and what they are told.
async function converse(name, url) {
  const person = new Person(url, TOKEN, 4101);
  const lines = [];
  const told = (did, reply) => {
    lines.push(`> ${did}`, reply.text, ...reply.buttons.map(({ text, callback_data: data }) => `  [${text}] ${data}`), '');
    fs.writeFileSync(path.join(out, `${name}.txt`), lines.join('\n'));
    assert.match(reply.text, /[\u0621-\u064a]{3}|[a-z]{3}/, 'words');
    for (const { callback_data: data } of reply.buttons) assert.ok(Buffer.byteLength(data) <= 64, data);
    return reply;
  };
  const welcome = told('/start', await person.write('/start'));
  assert.ok(welcome.buttons.length >= 3, 'a menu');
  const route = told('menu:route', await person.press(welcome, 'menu:route'));
  assert.notEqual(route.text, welcome.text);
  const answer = told(QUESTION, await person.write(QUESTION));
  assert.notEqual(answer.text, welcome.text);
  const menu = told('/menu', await person.write('/menu'));
  assert.ok(menu.buttons.some(({ callback_data: data }) => data === 'menu:route'), 'the menu again');
  const other = new Person(url, TOKEN, 4102);
  const english = told(ENGLISH, await other.write(ENGLISH));
  assert.match(english.text, /[a-z]{3}/, 'English to whom writes English');
  assert.deepEqual(await person.fetch(), [], 'what one is told the other is not');
}

await test('the adapter: spelling, waiting, nulls, webhook information', async () => {
  const there = await telegram();
  const call = async (method, given) => (await (await fetch(`${there.adapter.url}/bot${TOKEN}/${method}`, { method: 'POST', body: JSON.stringify(given) })).json());
  assert.deepEqual((await call('GetMe', {})).result.username, 'TestNameBot');
  assert.equal((await call('AnswerCallbackQuery', { callback_query_id: '1' })).result, true);
  assert.equal((await call('GetWebhookInfo', {})).result.url, '');
  assert.equal((await call('NoSuchMethod', {})).ok, false);
  const started = Date.now();
  assert.deepEqual((await call('GetUpdates', { timeout: 1 })).result, []);
  assert.ok(Date.now() - started >= 900, 'a long poll waits');
  await there.stop();
});

await test('the adapter: a webhook is called with its secret', async () => {
  const there = await telegram();
  const heard = [];
  const bot = await new Adapter('http://127.0.0.1:9').start();
  bot.take = async (request, response) => { heard.push(request.headers['x-telegram-bot-api-secret-token']); response.end('{}'); };
  await fetch(`${there.adapter.url}/bot${TOKEN}/SetWebhook`, { method: 'POST', body: JSON.stringify({ url: bot.url + '/x', secret_token: SECRET }) });
  const { client } = new Person(there.url, TOKEN, 7);
  await client.sendMessage(client.makeMessage('سلام'));
  for (let tries = 0; !heard.length && tries < 50; tries += 1) await pause(50);
  assert.deepEqual(heard, [SECRET]);
  await bot.stop();
  await there.stop();
});

for (const mode of ['polling', 'webhook']) {
  await test(`a conversation by ${mode}`, async () => {
    const there = await telegram();
    const settings = (base) => ({
      TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_URL: there.adapter.url, TELEGRAM_WEBHOOK_SECRET: SECRET, TELEGRAM_MODE: mode, PUBLIC_URL: base,
    });
    // A platform that is away when we start is tried again.
    there.adapter.away.add(mode === 'polling' ? 'getUpdates' : 'setWebhook');
    const ready = () => (mode === 'webhook' ? there.emulator.webhooks[TOKEN]
      : there.adapter.calls.filter(([method]) => method === 'getUpdates').length >= 2);
    const bot = await serve(mode, settings);
    try {
      for (let tries = 0; !ready(); tries += 1) {
        assert.ok(tries < 200, `the bot listens by ${mode}`);
        await pause(100);
      }
      await converse(mode, there.url);
      if (mode === 'webhook') {
        const forged = await fetch(`${bot.base}/hooks/telegram`, { method: 'POST', body: '{"update_id":1}' });
        assert.equal(forged.status, 401, 'nobody else is heard');
        assert.ok(!there.adapter.calls.some(([method]) => method === 'getUpdates'), 'nothing is asked for');
      }
      assert.ok(there.adapter.calls.some(([method]) => method === 'answerCallbackQuery'), 'the press is acknowledged');
    } finally {
      // Ended first: an emulator that goes away is one more error in the log.
      await bot.stop();
      await there.stop();
    }
    assert.ok(!fs.readFileSync(path.join(out, `${mode}.log`), 'utf8').includes('AAtest'), 'the token is not logged');
  });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
