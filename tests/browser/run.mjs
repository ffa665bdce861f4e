// The web chat in Chromium: node tests/browser/run.mjs BASE_URL OUT_DIR
// The server must let http://localhost:* frame the chat: CHAT_FRAME_ANCESTORS="'self' http://localhost:*".
import { Run, equal, foreign, weigh, yes } from './lib.mjs';

const [base, out] = process.argv.slice(2);
if (!base || !out) { console.error('usage: node run.mjs BASE_URL OUT_DIR'); process.exit(2); }
const run = new Run(base, out);

const QUESTION = { ar: 'شلون اسجل عيالي عندكم؟', en: 'how do i sign up my kids for help' };
const PHONE = { width: 360, height: 640 };
const BUDGET = 20 * 1024;

const lines = (page) => page.locator('#lines > .line');
const ours = (page) => page.locator('#lines > .line.us');
const texts = (page) => page.locator('#lines .bubble').allInnerTexts();
const answered = async (page, before) => {
  await page.waitForFunction((count) => document.querySelectorAll('#lines > .us').length > count, before);
};
const ask = async (page, words) => {
  const before = await ours(page).count();
  await page.fill('#text', words);
  // On a touch keyboard Enter is a new line.
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) await page.click('.send');
  else await page.press('#text', 'Enter');
  await answered(page, before);
};
const fits = async (page, what) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  yes(over <= 0, `${what}: ${over} pixels wider than the screen`);
};
const post = async (path, body, token) => {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: 'Bearer ' + token }) };
  return fetch(base + path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
};
const open = async () => (await (await post('/chat/session', { lang: 'ar' })).json()).token;

await run.start();

for (const lang of ['ar', 'en']) {
  for (const [size, viewport] of [['360', PHONE], ['1280', { width: 1280, height: 800 }]]) {
    await run.test(`a conversation, ${lang}, ${size} px`, { viewport, hasTouch: size === '360', locale: lang }, async (page) => {
      await page.goto(`${base}/?lang=${lang}`);
      equal(await page.getAttribute('html', 'dir'), lang === 'ar' ? 'rtl' : 'ltr', 'direction');
      await fits(page, 'welcome');
      await run.accessible(page, 'welcome');
      await run.shot(page, `${lang}-${size}-1-welcome`);
      await ask(page, QUESTION[lang]);
      await page.locator('.you .state').waitFor();
      await page.waitForTimeout(500);
      await fits(page, 'answer');
      await run.accessible(page, 'answer');
      await run.shot(page, `${lang}-${size}-2-answer`);
      const sides = await page.$$eval('.bubble > :is(p, ol, ul)', (all) => all.map((one) => getComputedStyle(one).direction));
      equal([...new Set(sides)], [lang === 'ar' ? 'rtl' : 'ltr'], 'directions of paragraphs and lists');
      equal(await page.getAttribute('#log', 'aria-live'), 'polite', 'aria-live');

      const before = await ours(page).count();
      const choice = page.locator('.choices button').last();
      const label = await choice.innerText();
      await choice.click();
      await answered(page, before);
      equal((await page.locator('.you p').last().innerText()).trim(), label.trim(), 'words of the choice');
      await page.waitForTimeout(700);
      await run.shot(page, `${lang}-${size}-3-choice`);

      const said = await texts(page);
      const buttons = await page.locator('.choices button').allInnerTexts();
      await page.reload();
      await page.waitForFunction((count) => document.querySelectorAll('#lines > .line').length >= count, said.length);
      equal(await texts(page), said, 'transcript after a reload');
      equal(await page.locator('.choices button').allInnerTexts(), buttons, 'choices after a reload');

      await page.click('#end');
      await run.accessible(page, 'question before the end');
      await run.shot(page, `${lang}-${size}-4-end`);
      await page.click('#ask button[value=yes]');
      await page.waitForFunction(() => !document.querySelector('#lines > .line'));
      equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, 'things left on the device');
      await page.reload();
      await page.waitForTimeout(300);
      equal(await lines(page).count(), 0, 'lines after the end');
    });
  }
}

await run.test('with the keyboard alone', { locale: 'en' }, async (page) => {
  await page.goto(`${base}/?lang=en`);
  await page.waitForSelector('html.js');
  const order = [];
  for (let step = 0; step < 9; step += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName));
    if (step) {
      const ring = await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth));
      yes(ring >= 2, `no visible focus on ${order.at(-1)}`);
    }
  }
  equal([order[0], order[2], order.at(-2), order.at(-1)], ['skip', 'log', 'text', 'send'], 'order of focus');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  await answered(page, 0);
  equal(await page.evaluate(() => document.activeElement.id), 'text', 'focus after sending');
  equal((await page.locator('.you p').innerText()).trim(), 'first line\nsecond line', 'two lines');
  const before = await ours(page).count();
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Shift+Tab');
    if (await page.evaluate(() => !!document.activeElement.closest('.choices'))) break;
  }
  await page.keyboard.press('Enter');
  await answered(page, before);
  await page.focus('#end');
  await page.keyboard.press('Enter');
  yes(await page.evaluate(() => document.getElementById('ask').open), 'the question is not open');
  await page.keyboard.press('Escape');
  yes(await lines(page).count() > 0, 'Escape ended the chat');
  await page.focus('#end');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('#lines > .line'));
});

for (const lang of ['ar', 'en']) {
  await run.test(`without JavaScript, ${lang}`, { javaScriptEnabled: false, viewport: PHONE, locale: lang }, async (page) => {
    await page.goto(`${base}/?lang=${lang}`);
    await run.shot(page, `plain-${lang}-1-welcome`);
    await page.fill('#text', QUESTION[lang]);
    await page.click('.send');
    equal(new URL(page.url()).pathname, '/chat/form', 'path');
    const count = await ours(page).count();
    yes(count > 0, 'no answer on the page');
    equal((await page.locator('.you p').innerText()).trim(), QUESTION[lang], 'own words');
    await run.shot(page, `plain-${lang}-2-answer`);
    // The same form once more: the browser's own question is answered with yes, and nothing is said twice.
    await page.reload();
    equal(await page.locator('.line.you').count(), 1, 'own lines after sending the form again');
    await page.locator('.choices button').last().click();
    yes(await ours(page).count() > count, 'no answer to the choice');
    await page.click('button[value=read]');
    equal(await page.locator('.line.you').count(), 2, 'own lines after reading again');
    await page.click('button[value=end]');
    equal(await lines(page).count(), 0, 'lines after the end');
    yes((await page.innerText('#notice')).length > 5, 'the end is not told');
    await page.locator('#suggestions button').first().click();
    yes(await ours(page).count() > 0, 'no answer to a question to start with');
  });
}

await run.test('a form sent before the script came goes on with the script', { locale: 'ar', errors: [/Failed to load resource/] }, async (page) => {
  await page.route('**/chat.js', (route) => route.abort());
  await page.goto(`${base}/?lang=ar`);
  await page.fill('#text', QUESTION.ar);
  await page.click('.send');
  const said = (await texts(page)).length;
  await page.unroute('**/chat.js');
  await page.reload();
  await page.waitForSelector('html.js');
  await page.waitForSelector('#lines > .line time');
  equal((await texts(page)).length, said, 'lines');
  await ask(page, 'شكرا');
});

await run.test('a connection that comes and goes', { viewport: PHONE, locale: 'ar', errors: [/Failed to load resource/] }, async (page, profile) => {
  await page.goto(`${base}/?lang=ar`);
  await page.waitForSelector('html.js');
  await profile.setOffline(true);
  await page.fill('#text', QUESTION.ar);
  await page.click('.send');
  await page.waitForSelector('[data-state=sending]');
  await page.waitForSelector('#notice:not([hidden])');
  await run.accessible(page, 'offline');
  await run.shot(page, 'offline');
  await profile.setOffline(false);
  await answered(page, 0);
  await page.waitForSelector('[data-state=sent]');
});

await run.test('a message that does not go is kept, and goes when asked to', { viewport: PHONE, locale: 'ar', errors: [/Failed to load resource/] }, async (page) => {
  await page.clock.install();
  await page.goto(`${base}/?lang=ar`);
  await page.waitForSelector('html.js');
  let tries = 0;
  await page.route('**/chat/messages', (route) => { tries += 1; return route.abort(); });
  await page.fill('#text', QUESTION.ar);
  await page.click('.send');
  for (let step = 0; step < 60 && !(await page.locator('button.state').count()); step += 1) {
    await page.clock.runFor(2000);
    await page.waitForTimeout(30);
  }
  await page.waitForSelector('button.state');
  yes(tries >= 5, `given up after ${tries} tries`);
  await run.accessible(page, 'failed');
  await run.shot(page, 'failed-message');
  await page.unroute('**/chat/messages');
  // A reload loses nothing either.
  await page.reload();
  await page.waitForSelector('button.state');
  await page.click('button.state');
  await answered(page, 0);
  equal(await page.locator('.line.you').count(), 1, 'own lines');
});

await run.test('polling where streams do not come through', { locale: 'en', errors: [/Failed to load resource/] }, async (page) => {
  await page.route('**/chat/events', (route) => route.abort());
  await page.goto(`${base}/?lang=en`);
  const polled = page.waitForRequest('**/chat/poll', { timeout: 20000 });
  await page.fill('#text', QUESTION.en);
  await page.press('#text', 'Enter');
  await polled;
  await answered(page, 0);
  await ask(page, 'thank you');
});

await run.test('on a slow network', { viewport: PHONE, locale: 'ar' }, async (page, profile) => {
  const wire = await profile.newCDPSession(page);
  await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 800, downloadThroughput: 6250, uploadThroughput: 6250 });
  const from = Date.now();
  await page.goto(`${base}/?lang=ar`, { timeout: 30000 });
  await page.waitForSelector('html.js', { timeout: 30000 });
  console.log(`     usable after ${Date.now() - from} ms at 50 kbit/s and 800 ms of delay`);
  await page.fill('#text', QUESTION.ar);
  await page.click('.send');
  await page.waitForFunction(() => document.querySelectorAll('#lines > .us').length, null, { timeout: 30000 });
});

await run.test('an ended session is told, and the message goes into a new one', { locale: 'ar', errors: [/401/] }, async (page) => {
  await page.goto(`${base}/?lang=ar`);
  await ask(page, QUESTION.ar);
  const token = await page.evaluate(() => localStorage.getItem('awasir.chat.token'));
  equal((await post('/chat/end', {}, token)).status, 200, 'end');
  await page.waitForSelector('#notice:not([hidden])');
  equal(await lines(page).count(), 0, 'lines of the ended chat');
  await ask(page, QUESTION.ar);
  // Forged on the device: found out with the next message.
  await page.evaluate(() => localStorage.setItem('awasir.chat.token', 'A'.repeat(86)));
  await page.reload();
  await page.waitForSelector('#notice:not([hidden])');
  await ask(page, QUESTION.ar);
});

await run.test('what people write stays text, each in its own direction', { locale: 'ar' }, async (page) => {
  await page.goto(`${base}/?lang=ar`);
  const trick = '<img src=x onerror=alert(1)> **لا** & "نعم"';
  await ask(page, trick);
  equal((await page.locator('.you p').first().innerText()).trim(), trick, 'own words');
  await ask(page, 'wen wasal 6alabi');
  equal(await page.locator('.you p').last().evaluate((line) => getComputedStyle(line).direction), 'ltr', 'direction of Latin letters');
});

await run.test('two tabs show one conversation, and end together', { locale: 'ar' }, async (page, profile) => {
  await page.goto(`${base}/?lang=ar`);
  await ask(page, QUESTION.ar);
  const other = await profile.newPage();
  await other.goto(`${base}/?lang=en`);
  await other.waitForSelector('#lines > .us');
  await ask(page, 'شكرا');
  const said = await texts(page);
  await other.waitForFunction((count) => document.querySelectorAll('#lines > .line').length === count, said.length);
  await page.click('#end');
  await page.click('#ask button[value=yes]');
  await other.waitForFunction(() => !document.querySelector('#lines > .line'));
});

for (const [side, lang] of [['end', 'ar'], ['start', 'en']]) {
  const site = await foreign(`<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><title>x</title><meta name="viewport" content="width=device-width">
    <main><h1>A page of somebody else</h1></main><script src="${base}/widget.js" data-side="${side}" async></script></html>`);
  for (const [size, viewport] of [['360', PHONE], ['1280', { width: 1280, height: 800 }]]) {
    await run.test(`the widget on a foreign page, ${lang}, ${size} px`, { viewport, allow: [site.origin], locale: lang }, async (page) => {
      await page.goto(site.origin);
      const button = page.getByRole('button', { expanded: false });
      await button.waitFor();
      equal(page.frames().length, 1, 'frames before the first press');
      await run.shot(page, `widget-${lang}-${size}-1-closed`);
      await button.press('Enter');
      const frame = page.frameLocator('iframe');
      await frame.locator('html.js').waitFor();
      await frame.locator('#text').fill(QUESTION[lang]);
      await frame.locator('.send').click();
      await frame.locator('.line.us').first().waitFor();
      await page.waitForTimeout(500);
      await run.accessible(page, 'widget');
      await run.shot(page, `widget-${lang}-${size}-2-open`);
      await frame.locator('#text').press('Escape');
      await page.getByRole('button', { expanded: false }).waitFor();
      await page.reload();
      await page.getByRole('button', { expanded: false }).click();
      await frame.locator('.line.us').first().waitFor();
      await frame.locator('#close').click();
      await page.getByRole('button', { expanded: false }).waitFor();
    });
  }
  site.close();
}

await run.test('at night, zoomed to 200 %, with less motion', { colorScheme: 'dark', reducedMotion: 'reduce', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, locale: 'ar' }, async (page) => {
  await page.goto(`${base}/?lang=ar`);
  await run.accessible(page, 'welcome');
  await run.shot(page, 'dark-zoom-1');
  await ask(page, QUESTION.ar);
  await fits(page, 'zoomed');
  await run.accessible(page, 'answer');
  equal(await page.evaluate(() => getComputedStyle(document.querySelector('.dots i')).animationName), 'none', 'animation');
  await page.waitForTimeout(400);
  await run.shot(page, 'dark-zoom-2');
  await page.setViewportSize({ width: 390, height: 844 });
  await run.shot(page, 'dark-phone');
});

await run.test('the server: once only, limits, forged tokens, policy', {}, async () => {
  const token = await open();
  const message = { id: 'same-id-twice', text: QUESTION.ar, lang: 'ar' };
  for (let time = 0; time < 2; time += 1) equal((await post('/chat/messages', message, token)).status, 202, 'message');
  await new Promise((done) => setTimeout(done, 1000));
  const batch = await (await post('/chat/poll', { after: '' }, token)).json();
  equal(batch.lines.filter((line) => line.from === 'you').length, 1, 'effects of a repeat');
  // The first character: the last two are the same already for one token in 256.
  const forged = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
  equal((await post('/chat/messages', message, forged)).status, 401, 'forged token');
  equal((await post('/chat/messages', message)).status, 401, 'no token');
  equal((await post('/chat/messages', { id: 'too-long-text', text: 'ا'.repeat(8001) }, token)).status, 413, 'long text');
  equal((await post('/chat/messages', '"' + 'x'.repeat(70000) + '"', token)).status, 413, 'long body');
  equal((await post('/chat/messages', { id: 'nothing-said' }, token)).status, 422, 'nothing said');
  let last;
  for (let time = 0; time < 60 && last?.status !== 429; time += 1) last = await post('/chat/messages', { id: 'storm-' + String(time).padStart(3, '0'), text: 'x' }, token);
  equal(last.status, 429, 'storm');
  yes(Number(last.headers.get('Retry-After')) > 0, 'no Retry-After');
  equal((await post('/chat/end', {}, token)).status, 200, 'end');
  equal((await post('/chat/poll', { after: '' }, token)).status, 401, 'ended session');
  const policy = (await fetch(base + '/')).headers.get('Content-Security-Policy');
  yes(/default-src 'none'/.test(policy) && /frame-ancestors 'none'/.test(policy) && !/unsafe/.test(policy), `policy: ${policy}`);
  equal((await fetch(base + '/?lang=en')).headers.get('Set-Cookie'), null, 'cookie');
});

await run.test('the weight', {}, async () => {
  let total = 0;
  const html = await (await fetch(base + '/?lang=ar')).text();
  const folder = /(\/chat\/static\/\w+\/)chat\.css/.exec(html)[1];
  for (const path of ['/?lang=ar', ...['chat.css', 'chat.js', 'wire.js', 'lines.js', 'icon.svg'].map((name) => folder + name), '/widget.js']) {
    const { bytes, status, headers } = await weigh(base + path);
    equal(status, 200, path);
    if (path.includes('static')) yes(/immutable/.test(headers['cache-control']), `${path} is not kept`);
    console.log(`     ${String(bytes).padStart(6)} ${path}`);
    total += bytes;
  }
  console.log(`     ${String(total).padStart(6)} bytes in all, of ${BUDGET}`);
  yes(total <= BUDGET, `${total} bytes`);
});

await run.browser.close();
console.log(`\n${run.passed} passed, ${run.failed} failed`);
process.exit(run.failed ? 1 : 0);
