// One person's telephone at the emulator: node drive.mjs EMULATOR_URL TOKEN WORDS sends the words and prints what is said to them.
import { pathToFileURL } from 'node:url';
import clients from 'telegram-test-api/lib/modules/telegramClient.js';

const PATIENCE = 20000; // milliseconds until a reply counts as missing
const STEP = 100;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export class Person {
  constructor(emulator, token, id) {
    this.client = new clients.TelegramClient(emulator, token, { userId: id, chatId: id, firstName: 'Salma', userName: `person${id}` });
    this.emulator = emulator; this.token = token; this.id = id;
  }

  async write(words) {
    const message = words.startsWith('/') ? this.client.makeCommand(words) : this.client.makeMessage(words);
    await (words.startsWith('/') ? this.client.sendCommand(message) : this.client.sendMessage(message));
    return this.hear();
  }

  // Presses the button of `reply` with these words on it, or this data behind it.
  async press(reply, wanted) {
    const button = reply.buttons.find(({ text, callback_data: data }) => text === wanted || data === wanted);
    if (!button) throw new Error(`no button ${wanted} among ${reply.buttons.map(({ callback_data: data }) => data).join(' ')}`);
    const under = { message: { message_id: reply.id, date: Math.floor(Date.now() / 1000), text: '.' } };
    await this.client.sendCallback(this.client.makeCallbackQuery(button.callback_data, under));
    return this.hear();
  }

  // What is said next: all messages until the bot rests for a moment.
  async hear() {
    const said = [];
    let quiet = 0;
    for (const end = Date.now() + PATIENCE; Date.now() < end && quiet < 5;) {
      const fresh = await this.fetch();
      said.push(...fresh);
      quiet = said.length && !fresh.length ? quiet + 1 : 0;
      await pause(STEP);
    }
    if (!said.length) throw new Error('no reply');
    return { text: said.map(({ text }) => text).join('\n\n'), buttons: said.flatMap(({ buttons }) => buttons), id: said.at(-1).id };
  }

  async fetch() {
    const response = await fetch(`${this.emulator}/getUpdates`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: this.token, chatId: this.id }),
    });
    return (await response.json()).result.map(({ message, messageId }) => (
      { id: messageId, text: message.text, buttons: (message.reply_markup?.inline_keyboard ?? []).flat() }));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [emulator, token, ...words] = process.argv.slice(2);
  if (!words.length) { console.error('usage: node drive.mjs EMULATOR_URL TOKEN WORDS'); process.exit(2); }
  const reply = await new Person(emulator, token, 1).write(words.join(' '));
  console.log(reply.text);
  for (const { text, callback_data: data } of reply.buttons) console.log(`[${text}] ${data}`);
}
