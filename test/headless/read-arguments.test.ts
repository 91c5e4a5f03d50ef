/** What is typed after `npm run triptych --`: every flag with rubbish, and one sentence about it. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from '../../src/headless/read-arguments.js';

const print = () => {};
const read = (line: string) =>
  readArguments(line === '' ? [] : line.split(' '), { from: '/here', home: '/home', environment: {}, print });
const sentence = (line: string) => {
  const found = read(line);
  return found.kind === 'misread' ? found.sentence : found.kind;
};

test.each([
  ['plan g.json --cap five', '--cap needs an amount in dollars, such as 5 or 0.25, not "five".'],
  ['plan g.json --cap NaN', '--cap needs an amount in dollars, such as 5 or 0.25, not "NaN".'],
  ['plan g.json --cap -5', '--cap needs an amount in dollars, such as 5 or 0.25, not "-5".'],
  ['plan g.json --cap=-5', '--cap needs an amount in dollars, such as 5 or 0.25, not "-5".'],
  ['plan g.json --cap 1e9', '--cap needs an amount in dollars, such as 5 or 0.25, not "1e9".'],
  ['plan g.json --cap Infinity', '--cap needs an amount in dollars, such as 5 or 0.25, not "Infinity".'],
  ['plan g.json --cap', '--cap needs an amount in dollars, such as 5 or 0.25.'],
  ['plan g.json --cap=', '--cap needs an amount in dollars, such as 5 or 0.25.'],
  ['plan g.json --cap --rows', '--cap needs an amount in dollars, such as 5 or 0.25.'],
  ['plan g.json --cap 5 --cap 6', '--cap is there more than once.'],
  ['run g.json --rows --rows', '--rows is there more than once.'],
  ['run g.json --rows=5', '--rows takes no value.'],
  ['run g.json --draft=no', '--draft takes no value.'],
  ['run g.json --table', '--table needs a routing table file.'],
  ['run g.json --table a --table b', '--table is there more than once.'],
  ['run g.json --out', '--out needs a folder.'],
  ['run g.json --handoff --rows', '--handoff needs a folder.'],
  ['run g.json --handoff cut --rows', '--handoff does not go with --rows.'],
  ['plan g.json --handoff cut', '--handoff does not go with plan.'],
  ['run g.json --accept yes', '--accept needs "all", or at least eight of the digits that a gate names, not "yes".'],
  [
    'run g.json --accept 1234567',
    '--accept needs "all", or at least eight of the digits that a gate names, not "1234567".',
  ],
  ['run g.json --accept', '--accept needs "all", or at least eight of the digits that a gate names.'],
  ['run g.json --another a/b --table t', '--another needs the name of a take, not "a/b".'],
  ['run g.json --another t1', '--another needs --table, by which the take was sent.'],
  ['run g.json --lesson l', '--lesson does not go with run.'],
  ['lesson r.json --cap 5', '--cap does not go with lesson.'],
  ['lesson', 'lesson needs a file of results.'],
  ['look', 'look needs the name of a take.'],
  ['lost a/b', 'lost needs the name of a take, not "a/b".'],
  ['look t1 t2', 'look takes the name of a take alone, and no "t2".'],
  ['run', 'run needs a graph file.'],
  ['run a.json b.json', 'run takes a graph file alone, and no "b.json".'],
  ['run g.json --dear', 'There is no flag --dear. --help lists those there are.'],
  ['run g.json --no-rows', 'There is no flag --no-rows. --help lists those there are.'],
  ['run g.json -r', 'There is no flag -r. --help lists those there are.'],
  ['run g.json --toString', 'There is no flag --toString. --help lists those there are.'],
  ['draw g.json', 'There is no command "draw": there are check, plan, run, lesson, look, lost.'],
  ['', 'Say what to do: check, plan, run, lesson, look, lost. --help tells more.'],
  ['--help', 'help'],
  ['run --help', 'help'],
])('%s', (line, said) => expect(sentence(line)).toBe(said));

test('what is right is handed on, with paths from where it was typed', () => {
  const all = 'run g.json --table t.json --cap 0.25 --out o --accept 12345678 --accept all --another a-0 --draft';
  expect(read(all)).toEqual({
    kind: 'asked',
    options: {
      command: 'run',
      file: resolve('/here', 'g.json'),
      table: resolve('/here', 't.json'),
      cap: '0.25',
      out: resolve('/here', 'o'),
      accept: ['12345678', 'all'],
      another: ['a-0'],
      mode: 'draft',
      rows: false,
      home: '/home',
      environment: {},
      print,
    },
  });
  expect(read('lost a-0')).toMatchObject({ options: { command: 'lost', take: 'a-0', project: '/home' } });
  expect(read('lesson a b --lesson l')).toMatchObject({
    options: { files: [resolve('/here', 'a'), resolve('/here', 'b')], lesson: resolve('/here', 'l') },
  });
});
