/** What templates ask for reads as a sentence, in every row of their batch. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filledIn } from '../../src/core/variables.ts';
import { isRecord, listIn, type Loose } from '../../src/core/loose.ts';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const loose = (value: unknown): Loose => (isRecord(value) ? value : {});

/** The prompts of a template, and those of each row of its batch. */
function promptsOf(file: string): readonly string[] {
  const graph = loose(JSON.parse(readFileSync(`public/templates/${file}`, 'utf8')));
  const { columns, rows } = loose(graph['batch']);
  const given = [{}, ...listIn(rows).map((row) => loose(row['cells']))];
  return Object.entries(loose(graph['nodes'])).flatMap(([id, node]) => {
    const params = loose(loose(node)['params']);
    if (loose(node)['type'] !== 'prompt') return [];
    const own = loose(params['variables']);
    return given.map((cells) => {
      const inRow = (name: string) =>
        listIn(columns)
          .filter((column) => column['node'] === id && column['variable'] === name)
          .map((column) => loose(cells)[textOf(column['id'])])[0];
      return filledIn(textOf(params['text']), (name) => textOf(inRow(name) ?? own[name]));
    });
  });
}

const files = readdirSync('public/templates').filter((name) => name.endsWith('.triptych.json'));

test('“a” stands before consonants and “an” before vowels', () => {
  const prompts = files.flatMap(promptsOf);
  expect(prompts.length).toBeGreaterThan(files.length);
  expect(prompts.filter((text) => /\ba(?= [aeiou])|\ban(?= [^aeiou])/i.test(text))).toEqual([]);
});
