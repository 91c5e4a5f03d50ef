/** Tables as spreadsheets and people write them. */
import fc from 'fast-check';
import { produce } from 'immer';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addColumn, addRows, setRows } from '../../src/graph/batch-edits.ts';
import { MOST_ROWS } from '../../src/core/limits.ts';
import { batchOf } from '../../src/graph/batch.ts';
import type { GraphDraft } from '../../src/graph/edits.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { inWords, type Sentence } from '../../src/core/say.ts';
import { cellsIn, textOfBytes } from '../../src/file/cells.ts';
import { layOver, readTable, writeTable } from '../../src/file/batch-table.ts';
import { registry } from '../../src/registry.ts';
import { spellings } from '../../src/words/spellings.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (name: string) => name as NodeId;
const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const wholeOf = (dropped: readonly Sentence[]) => dropped.map((line) => inWords(line)).join('\n');

const vases = graphOf({ p: ['prompt', { text: 'a {{colour}} vase on a {{table}}' }], s: 'seed' }, []);
const colours = edit(vases, (draft) => addColumn(draft, { node: id('p'), param: 'variables', variable: 'colour' }));
const both = edit(colours, (draft) => addColumn(draft, { node: id('p'), param: 'variables', variable: 'table' }));
/** The rows of a table as lists of cells, in the order of its columns. */
const rowsIn = (text: string, graph: Graph, words?: (word: string) => readonly string[]) => {
  const { columns, rows } = readTable(text, graph, registry, words);
  return rows.map((cells) => columns.map((column) => cells[column.id]));
};
const laid = (graph: Graph, text: string, row = 0, column = 0) => {
  let dropped: readonly Sentence[] = [];
  const after = edit(graph, (draft) => (dropped = layOver(draft, registry, text, row, column)));
  const { columns, rows } = batchOf(after);
  return { rows: rows.map(({ cells }) => columns.map((one) => cells[one.id])), dropped: wholeOf(dropped) };
};

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\r\nc,\r\n',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  ['a,\r', [['a', '']]],
  ['\uFEFFa\n\n\nb', [['a'], [''], [''], ['b']]],
  [
    '"a ""big"" one, red","two\nlines"\nx,y',
    [
      ['a "big" one, red', 'two\nlines'],
      ['x', 'y'],
    ],
  ],
  [
    '"Sunset" red,desk\n"never closed,x',
    [
      ['"Sunset" red', 'desk'],
      ['"never closed', 'x'],
    ],
  ],
  ['say "hi",""', [['say "hi"', '']]],
  ['', []],
])('%j is parted', (text, rows) => {
  expect(cellsIn(text, ',')).toEqual(rows);
});

test('any cells written by the rules are read as they were', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '=', "'") });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rows, (table) => {
      const written = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(cellsIn(written, ',')).toEqual(table);
    }),
  );
});

test('a spreadsheet’s quotes are part of the text; its blank cells empty what they lie on', () => {
  const { rows } = laid(both, '"Sunset" red\tdesk\nblue\tshelf\ngreen\tstool');
  expect(rows).toEqual([
    ['"Sunset" red', 'desk'],
    ['blue', 'shelf'],
    ['green', 'stool'],
  ]);
  expect(laid(colours, 'one\n\nthree\nfour').rows).toEqual([['one'], [undefined], ['three'], ['four']]);
  const filled = edit(both, (draft) => {
    const [colour, table] = batchOf(draft as unknown as Graph).columns.map((column) => column.id);
    addRows(draft, [
      { [colour!]: 'red', [table!]: 'oak' },
      { [colour!]: 'blue', [table!]: 'ash' },
    ]);
  });
  expect(laid(filled, 'pink\t\r\n\t\r\n').rows).toEqual([
    ['pink', undefined],
    [undefined, undefined],
  ]);
});

test('a block that does not fit is said', () => {
  const wide = laid(colours, 'desk\textra1\textra2\nshelf\textra3\textra4');
  expect(wide).toEqual({
    rows: [['desk'], ['shelf']],
    dropped: expect.stringContaining('2 columns lie beyond the last column'),
  });
  const long = laid(both, Array.from({ length: 1050 }, (_, at) => `c${at}\tt${at}`).join('\n'));
  expect(long.rows).toHaveLength(MOST_ROWS);
  expect(long.dropped).toContain('50 rows are beyond the 1000 a batch can hold');
});

test('a table of any length is read to what a batch can hold', () => {
  const lines = 'x\n'.repeat(200_000);
  expect(readTable(lines, colours, registry).rows).toHaveLength(MOST_ROWS);
  expect(laid(colours, lines).dropped).toContain('199000 rows are beyond');
});

test('a list of prompts is one column however many commas are in it', () => {
  const list = 'a lighthouse, golden hour, 35mm\na harbour, fog, night\na field of wheat\n';
  expect(rowsIn(list, colours)).toEqual([
    ['a lighthouse, golden hour, 35mm'],
    ['a harbour, fog, night'],
    ['a field of wheat'],
  ]);
  expect(rowsIn('red,oak\nblue,ash', both)).toEqual([
    ['red', 'oak'],
    ['blue', 'ash'],
  ]);
  const wide = readTable('colour\tx\nred\ty\tz', colours, registry);
  expect(wholeOf(wide.dropped)).toMatch(/called “x”.*\n.*1 further column /);
});

test('spreadsheets say what parts cells, and write in Windows-1252', () => {
  expect(rowsIn('sep=;\r\nSeed;colour\r\n1;red\r\n2;blue\r\n', vases)).toEqual([
    [1, 'red'],
    [2, 'blue'],
  ]);
  const bytes = readFileSync('test/fixtures/tables/windows-1252.csv');
  expect(rowsIn(textOfBytes(bytes), both)).toEqual([
    ['rot', 'Münchner Tisch'],
    ['grün', 'Küchentisch'],
  ]);
  const utf16 = new Uint8Array(Buffer.from('\uFEFFcolour\ngrün', 'utf16le'));
  expect(rowsIn(textOfBytes(utf16), colours)).toEqual([['grün']]);
  expect(textOfBytes(new TextEncoder().encode('grün'))).toBe('grün');
});

test('the batch comes back from its own CSV: equal headings, its column of files, formulas', () => {
  const twoPrompts = graphOf({ p1: ['prompt', { text: 'first' }], p2: ['prompt', { text: 'second' }] }, []);
  const columns = edit(twoPrompts, (draft) => {
    addColumn(draft, { node: id('p1'), param: 'text' });
    addColumn(draft, { node: id('p2'), param: 'text' });
  });
  const cell = fc
    .string({ unit: fc.constantFrom('a', '=', '+', '-', '@', "'", '"', ',', ';', '5', '.') })
    .map((text) => text.trim());
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), (texts) => {
      const graph = edit(columns, (draft) => {
        const [first, second] = batchOf(draft as unknown as Graph).columns.map((column) => column.id);
        setRows(
          draft,
          texts.map(([a, b]) => ({ ...(a ? { [first!]: a } : {}), ...(b ? { [second!]: b } : {}) })),
        );
      });
      const csv = writeTable(graph, registry, { Files: texts.map(() => '001.png') });
      const back = readTable(csv, graph, registry);
      expect(back.dropped).toEqual([]);
      expect(back.columns).toEqual(batchOf(graph).columns);
      expect(back.rows).toEqual(batchOf(graph).rows.map(({ cells }) => cells));
      const elsewhere = readTable(csv, twoPrompts, registry);
      expect(elsewhere.columns.map(({ node, param }) => [node, param])).toEqual([
        ['p1', 'text'],
        ['p2', 'text'],
      ]);
    }),
  );
  const headings = writeTable(columns, registry).split('\r\n')[0];
  expect(headings).toBe('\uFEFFPrompt: Prompt,Prompt: Prompt (2)');
  expect(rowsIn('Prompt: Prompt,Prompt: Prompt,Files\r\na cat,a dog,\r\na bird,a fish,', columns)).toEqual([
    ['a cat', 'a dog'],
    ['a bird', 'a fish'],
  ]);
});

test('what a spreadsheet would calculate is written as text, a number stays one', () => {
  const graph = edit(both, (draft) => {
    const [colour, table] = batchOf(draft as unknown as Graph).columns.map((column) => column.id);
    setRows(draft, [
      { [colour!]: '=HYPERLINK("http://evil.example";"x")', [table!]: '@SUM(1)' },
      { [colour!]: '-5+3', [table!]: '-5' },
    ]);
  });
  const [, first, second] = writeTable(graph, registry).split('\r\n');
  expect(first).toMatch(/^"'=HYPERLINK\(.*,"'@SUM\(1\)"$/);
  expect(second).toBe('"\'-5+3",-5');
});

test('headings in another language are understood', async () => {
  const words = await spellings();
  const { columns, dropped } = readTable(
    'Seed;Dateien;Text: Text\n1;a.png;x',
    graphOf({ s: 'seed', t: 'text' }, []),
    registry,
    words,
  );
  expect(columns.map(({ node, param }) => [node, param])).toEqual([
    ['s', 'seed'],
    ['t', 'text'],
  ]);
  expect(dropped).toEqual([]);
});

const numbered = edit(vases, (draft) => addColumn(draft, { node: id('s'), param: 'seed' }));
test.each([
  ['a word over numbers', 'Startwert\n12\n13', numbered, [['12'], ['13']]],
  [
    'a name over sentences',
    'Motiv,Ort\na red vase in the morning,on an old oak desk\na blue vase in the evening,shelf',
    both,
    [
      ['a red vase in the morning', 'on an old oak desk'],
      ['a blue vase in the evening', 'shelf'],
    ],
  ],
])('a heading that names nothing here is no row where it is plainly one: %s', (_, text, graph, rows) => {
  const read = readTable(text, graph, registry);
  expect(rowsIn(text, graph).map((row) => row.map(String))).toEqual(rows);
  expect(wholeOf(read.dropped)).toContain(text.split('\n')[0]!.replace(',', ', '));
});
test.each([
  ['words over words', 'red\nblue\ngreen', colours],
  ['a number over numbers', '11\n12\n13', numbered],
  ['one word twice', 'red,red\na blue vase in the evening,shelf\na red vase in the morning,x', both],
  [
    'a sentence over sentences',
    'a red vase in the morning\na blue vase in the evening\na vase of four colours',
    colours,
  ],
  ['a word over one sentence', 'red\na blue vase in the evening', colours],
])('in doubt the first line is a row: %s', (_, text, graph) => {
  const read = readTable(text, graph, registry);
  expect([read.rows.length, wholeOf(read.dropped)]).toEqual([text.split('\n').length, '']);
});
test('what was filled is named', () =>
  expect(readTable('colour,Files,shape\nred,a.png,round', both, registry)).toMatchObject({
    filled: ['colour'],
    dropped: [expect.anything()],
  }));
