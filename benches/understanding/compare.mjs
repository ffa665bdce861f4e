// nlp.js (npm `node-nlp`) as its manual sets it up for Arabic: accuracy on each test file.
import { readFileSync } from 'node:fs';
import nlp from 'node-nlp';

const rows = (path) => readFileSync(path, 'utf8').split('\n').filter((line) => line.includes('\t')).map((line) => {
  const [label, text] = line.split('\t');
  return [label.split('|').pop(), text];
});
const [train, titles, ...tests] = process.argv.slice(2);
const manager = new nlp.NlpManager({ languages: ['ar'], nlu: { log: false }, autoSave: false, ner: { threshold: 1 } });
for (const [label, text] of [...rows(train), ...rows(titles)]) manager.addDocument('ar', text, label);
await manager.train();
const shares = [];
for (const test of tests) {
  const all = rows(test);
  let right = 0;
  for (const [label, text] of all) if ((await manager.process('ar', text)).intent === label) right += 1;
  shares.push(right / all.length);
}
console.log(shares.join(' '));
