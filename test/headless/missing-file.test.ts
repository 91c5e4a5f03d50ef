/** What nobody can give, e.g. a file that was not chosen, is found before anything is paid for what needs it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pause } from '../../src/gateway/jobs/pause.ts';
import { headless, type HeadlessOptions } from '../../src/headless/headless.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { graphOf } from '../rig/graphs.ts';
import { row, tableWith } from '../rig/two-services.ts';

let replicate: ReplicateDouble;
let folder: string;
beforeEach(async () => {
  replicate = await startReplicate();
  folder = mkdtempSync(join(tmpdir(), 'triptych-'));
});
afterEach(() => replicate.close());

const tier = { tier: 'cinematic' };
/** A still that is paid for, and a clip from it to a picture of one's own. */
const NODES = {
  p: ['prompt', { text: 'a perfume bottle' }],
  still: ['image', tier],
  own: ['import', {}],
  clip: ['bridge', tier],
  d: ['deliver', { name: 'clip' }],
} as const;
const WIRES = [
  'p.prompt > still.prompt',
  'still.image > clip.image',
  'own.image > clip.lastFrame',
  'clip.video > d.video',
];

async function command(graph: object, options: Partial<HeadlessOptions> = {}) {
  const file = join(folder, 'graph.triptych.json');
  writeFileSync(file, JSON.stringify({ format: 'triptych', formatVersion: 4, name: 'Missing', ...graph }));
  const lines: string[] = [];
  const status = await headless({
    command: 'run',
    file,
    table: tableWith(folder, [row('text to image', 'replicate', 'bfl/flux-schnell')]),
    mode: 'delivery',
    rows: false,
    out: mkdtempSync(join(folder, 'out-')),
    home: '.',
    environment: {
      TRIPTYCH_HOME: join(folder, 'home'),
      TRIPTYCH_REPLICATE_URL: replicate.base,
      REPLICATE_API_TOKEN: REPLICATE_TOKEN,
    },
    print: (line) => void lines.push(line),
    pause: (ms, signal) => pause(ms / 100, signal),
    ...options,
  });
  return { status, text: lines.join('\n') };
}

test('a still is not paid for where the clip it is for lacks its other picture', async () => {
  const { status, text } = await command(graphOf(NODES, WIRES));
  expect(status).toBe(1);
  expect(text).toContain('Import: No picture or clip was chosen.');
  expect(text).toContain(
    'Image: This was not asked for, so nothing is paid: what it is for needs “Import”, which cannot run.',
  );
  expect(replicate.orders).toHaveLength(0);
});

test('a plan says beforehand what is missing', async () => {
  for (const name of ['plan', 'check'] as const) {
    const { status, text } = await command(graphOf(NODES, WIRES), { command: name });
    expect(status).toBe(1);
    expect(text).toContain('Import: No picture or clip was chosen. Drop one on this node, or mute it.');
    expect(text).toContain('Waits for “Import”, which cannot run.');
  }
});

test('a still that is for something else, too, is made', async () => {
  const both = graphOf({ ...NODES, alone: ['deliver', { name: 'still' }] }, [...WIRES, 'still.image > alone.image']);
  const { text } = await command(both);
  expect(text).toContain('Import: No picture or clip was chosen.');
  expect(replicate.orders).toHaveLength(1);
});

test('words that were left out and a node without wires are found as early', async () => {
  const without = graphOf({ ...NODES, own: ['image', tier], q: ['prompt', { text: ' ' }], gate: ['gate', {}] }, [
    ...WIRES,
    'q.prompt > own.prompt',
  ]);
  const { text } = await command(without);
  expect(text).toContain('The prompt is empty.');
  expect(text).toContain('Nothing is connected to this node.');
  expect(replicate.orders).toHaveLength(0);
});

test.each([
  [
    'a cell that a grid does not have',
    ['split-grid', { columns: 2, rows: 2, cell: 5 }],
    'There are 4 cells, and no cell 5.',
  ],
  ['a match without anything to match to', ['match', {}], 'There is nothing to match it to.'],
] as const)('%s is found before the still is paid for', async (_, node, says) => {
  const graph = graphOf({ p: NODES.p, still: NODES.still, unfit: node, d: NODES.d }, [
    'p.prompt > still.prompt',
    'still.image > unfit.image',
    'unfit.image > d.image',
  ]);
  const planned = await command(graph, { command: 'plan' });
  expect(planned.text).toContain(says);
  const { status, text } = await command(graph);
  expect(status).toBe(1);
  expect(text).toContain(says);
  expect(replicate.orders).toHaveLength(0);
});
