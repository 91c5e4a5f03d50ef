/** Graphs without a browser, as `npm run triptych` runs them. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ArtifactHash, RowId } from '../../src/core/ids.ts';
import { artifactsOfOutputs } from '../../src/core/values.ts';
import { headless, type HeadlessOptions } from '../../src/headless/headless.ts';
import { memoryArtifacts } from '../../src/headless/memory-artifacts.ts';
import { loadGraph } from '../../src/headless/loaded-graph.ts';
import { png } from '../../src/headless/png.js';
import { runRow } from '../../src/headless/run-graph.ts';
import { imageHash } from '../../src/media/identity.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { testPicture } from '../rig/samples.ts';

async function asked(command: HeadlessOptions['command'], graph: string | object, more: Partial<HeadlessOptions> = {}) {
  const out = mkdtempSync(join(tmpdir(), 'triptych-'));
  const file = typeof graph === 'string' ? graph : `${out}.json`;
  if (typeof graph !== 'string') writeFileSync(file, JSON.stringify(graph));
  const lines: string[] = [];
  const status = await headless({
    command,
    file,
    mode: 'draft',
    rows: false,
    out,
    home: '.',
    environment: {},
    print: (line) => void lines.push(line),
    ...more,
  });
  return {
    status,
    text: lines.join('\n'),
    files: readdirSync(out).sort(),
    read: (name: string) => readFileSync(join(out, name)),
  };
}
const at = (type: string, params: object = {}) => ({ type, version: 1, params, position: { x: 0, y: 0 } });
const graphWith = (nodes: object, wires: readonly string[], more: object = {}) => ({
  format: 'triptych',
  formatVersion: 3,
  title: 'T',
  nodes,
  ...more,
  wires: Object.fromEntries(
    wires.map((wire, k) => {
      const [from, to] = wire.split(' > ').map((end) => ({ node: end.split('.')[0], socket: end.split('.')[1] }));
      return [`w${k}`, { from, to, order: 0 }];
    }),
  ),
});
const wires = ['p.prompt > i.prompt', 's.seed > i.seed', 'i.image > d.image'];
const vase = {
  p: at('prompt', { text: 'a {{colour}} vase', variables: { colour: 'red' } }),
  s: at('seed'),
  i: at('image', { megapixels: '0.5' }),
  d: at('deliver', { name: 'vase-{width}', still: 'webp' }),
};
const batch = {
  columns: [{ id: 'c', node: 'p', param: 'variables', variable: 'colour' }],
  rows: [
    { id: 'r1', cells: { c: 'blue' } },
    { id: 'r2', cells: { c: 'green' } },
  ],
};

test('check: every template can run, here or where clips can be encoded, which is said', async () => {
  const templates = readdirSync('public/templates').filter((file) => file.endsWith('.triptych.json'));
  const takesBrowser: string[] = [];
  for (const name of templates) {
    const { status, text } = await asked('check', `public/templates/${name}`);
    const isClip = text.includes('A clip is encoded by the browser, so it cannot be delivered here.');
    expect(status, `${name}\n${text}`).toBe(isClip ? 1 : 0);
    if (isClip) takesBrowser.push(name);
  }
  expect(takesBrowser).toContain('product-hero.triptych.json');
  expect(takesBrowser.length).toBeLessThan(templates.length);
});

test('check says what is missing and what the checklist finds, and ends with 1 when it cannot run', async () => {
  const { status, text } = await asked('check', graphWith({ u: at('upscale'), x: at('from another time') }, []));
  expect(status).toBe(1);
  expect(text).toContain('“from another time” is not known here');
  expect(text).toContain('Upscale: ');
  expect(text).toContain('It cannot run as it is.');
});

test('check looks into components: the same findings, whether nodes lie on the graph or in one', async () => {
  const image = at('image', { tier: 'character' });
  const flat = graphWith({ p: vase.p, i: image, d: vase.d }, ['p.prompt > i.prompt', 'i.image > d.image']);
  const component = {
    title: 'C',
    nodes: { i: image },
    wires: {},
    inputs: { prompt: { label: 'Prompt', to: [{ node: 'i', socket: 'prompt' }] } },
    outputs: { image: { label: 'Image', from: { node: 'i', socket: 'image' } } },
    params: {},
  };
  const boxed = graphWith(
    { p: vase.p, x: at('component/c'), d: vase.d },
    ['p.prompt > x.prompt', 'x.image > d.image'],
    { components: { c: component } },
  );
  const [plain, inside] = [await asked('check', flat), await asked('check', boxed)];
  expect(plain.text).toContain('Image: ');
  expect(inside.text).toBe(plain.text);
});

test('a pin to a table that is not here is said; one that is here is followed', async () => {
  const pinned = (version: number) => asked('check', graphWith(vase, wires, { routing: { table: 'house', version } }));
  expect((await pinned(99)).text).toContain(
    'It is pinned to version 99 of the routing table “house”, which is not here; ',
  );
  expect((await pinned(HOUSE.version)).text).not.toMatch(/which is not here|pinned to no/);
});

test('files that are called the same are numbered, in the order of the graph; none is written over', async () => {
  const nodes = {
    ...vase,
    d: at('deliver', { name: 'Vase' }),
    e: at('deliver', { name: 'vase' }),
    g: at('grade', { exposure: 0.5 }),
    o: at('sharpen'),
  };
  const more = [...wires, 'i.image > g.image', 'g.image > e.image'];
  const first = await asked('run', graphWith(nodes, more));
  expect(first.files).toEqual(['Vase.png', 'vase 2.png']);
  expect(first.read('Vase.png').equals(first.read('vase 2.png'))).toBe(false);
  const again = await asked('run', graphWith(nodes, more));
  expect(first.files.map((name) => again.read(name).equals(first.read(name)))).toEqual([true, true]);
});

test('only what the row before used is kept: a table of any length needs the memory of one row', async () => {
  const rows = ['blue', 'green', 'blue', 'blue'].map((colour, k) => ({ id: `r${k}`, cells: { c: colour } }));
  const { text, files, read } = await asked(
    'run',
    graphWith(vase, wires, { batch: { columns: batch.columns, rows } }),
    { rows: true },
  );
  // The seed is used by all of them; the blue vase is gone while the green one is made.
  expect([...text.matchAll(/done: (\d) ran, (\d) from the cache/g)].map(([, ran, cached]) => [ran, cached])).toEqual([
    ['4', '0'],
    ['3', '1'],
    ['3', '1'],
    ['0', '4'],
  ]);
  expect(files).toHaveLength(4);
  expect([2, 3].map((row) => read(files[row]!).equals(read(files[0]!)))).toEqual([true, true]);
});

test('pictures of a row are gone once the next has run, except those that came with the file', async () => {
  const picture = testPicture(64, 48);
  const hash = await imageHash(picture);
  const media = { [hash]: { mime: 'image/png', name: 'a.png', data: png(picture).toString('base64') } };
  const file = join(mkdtempSync(join(tmpdir(), 'triptych-')), 'vases.json');
  writeFileSync(file, JSON.stringify(graphWith(vase, wires, { media, batch })));
  const loaded = await loadGraph({ file, home: '.', mode: 'draft', environment: {}, print() {} });
  if (!loaded.ok) throw new Error('It cannot be read.');
  const { artifacts } = loaded.value;
  const silent = { print() {}, write: () => '' };
  const blue = await runRow(loaded.value, 'r1' as RowId, [], silent);
  const madeIn = ({ made }: typeof blue) => made.flatMap(({ outputs }) => artifactsOfOutputs(outputs));
  const areThere = (hashes: readonly ArtifactHash[]) => hashes.map((one) => artifacts.has(one));
  expect(areThere(madeIn(blue))).toEqual([true, true, true, true]);
  const green = await runRow(loaded.value, 'r2' as RowId, blue.made, silent);
  // Both vases have the same depth.
  const onlyBlue = madeIn(blue).filter((one) => !madeIn(green).includes(one));
  expect(areThere(onlyBlue)).toEqual([false, false, false]);
  expect(areThere([...madeIn(green), hash])).toEqual([true, true, true, true, true]);
});

test('sources load from a folder whose name has spaces and other signs', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'triptych-')), 'a folder, Übung (2)');
  for (const path of ['src/setup/sources.js', 'src/core/equal.ts']) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    copyFileSync(path, join(folder, path));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const script =
    "import { withSources } from './src/setup/sources.js'; await withSources(async (load) => console.log((await load('/src/core/equal.ts')).sameData({ a: 1 }, { a: 1 })));";
  writeFileSync(join(folder, 'script.mjs'), script);
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'script.mjs')], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([stdout.trim(), stderr]).toEqual(['true', '']);
});

test('plan says who would make each take and at what price', async () => {
  const { status, text, files } = await asked('plan', 'public/templates/product-hero.triptych.json', {
    mode: 'delivery',
  });
  expect(text).toContain('Image: Built-in engine, $0.00');
  expect(text).toMatch(/11 to run, 0 not ready; \$0\.00 \(up to 2 takes\)$/);
  // Its clip cannot be made here, which is said before anything is.
  expect(status).toBe(1);
  expect(text).toMatch(
    /^Deliver.*: A clip is encoded by the browser, so it cannot be delivered here\. Run this graph in/m,
  );
  expect(text).toContain('Left out here, so nothing is paid for it: Animate');
  expect(files).toEqual([]);
});

test('run delivers the picture the app delivers, as PNG', async () => {
  const { status, text, files, read } = await asked('run', graphWith(vase, wires));
  expect([status, files]).toEqual([0, [expect.stringMatching(/^vase-\d+\.png$/)]]);
  expect([...read(files[0]!).subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  expect(text).toMatch(/done: 4 ran/);
  const again = await asked('run', graphWith(vase, wires));
  expect(again.read(files[0]!).equals(read(files[0]!))).toBe(true);
});

test('rows run one after another, and what they share once; without a batch it says so', async () => {
  const { status, text, files, read } = await asked('run', graphWith(vase, wires, { batch }), { rows: true });
  expect(status).toBe(0);
  expect(files.map((name) => name.slice(0, 8))).toEqual(['001 vase', '002 vase']);
  expect(read(files[0]!).equals(read(files[1]!))).toBe(false);
  expect(text).toMatch(/Row 1: blue\n[^]*done: 4 ran[^]*Row 2: green\n[^]*done: 3 ran, 1 from the cache/);
  expect(await asked('run', graphWith(vase, wires), { rows: true })).toMatchObject({
    status: 1,
    text: 'This graph has no batch.',
  });
});

test('a picture inside the file is read; one in another encoding is said; a graph without deliveries gives its ends', async () => {
  const picture = testPicture(64, 48);
  const hash = await imageHash(picture);
  const nodes = {
    r: at('reference', { file: { hash, name: 'a.png', mime: 'image/png' } }),
    p: at('prompt', { text: 'a vase' }),
    i: at('image', { megapixels: '0.5' }),
  };
  const media = {
    [hash]: { mime: 'image/png', name: 'a.png', data: png(picture).toString('base64') },
    ['b'.repeat(64)]: { mime: 'image/jpeg', name: 'b.jpg', data: '' },
    ['c'.repeat(64)]: { mime: 'image/png', name: 'c.png', data: png(picture).toString('base64') },
  };
  const withReference = await asked(
    'run',
    graphWith(nodes, ['r.reference > i.references', 'p.prompt > i.prompt'], { media }),
  );
  expect(withReference).toMatchObject({ status: 0, files: ['Image.png'] });
  expect(withReference.text).toContain('b.jpg: only PNG pictures can be read without a browser.');
  expect(withReference.text).toContain('c.png is not what the file says it is');
  const without = await asked('run', graphWith(nodes, ['p.prompt > i.prompt']));
  expect(without.read('Image.png').equals(withReference.read('Image.png'))).toBe(false);
});

test('rows that go on from the row above begin with the picture before them', async () => {
  const picture = testPicture(64, 48);
  const hash = await imageHash(picture);
  const media = { [hash]: { mime: 'image/png', name: 'a.png', data: png(picture).toString('base64') } };
  const nodes = { ...vase, r: at('reference', { strength: 0.9, file: { hash, name: 'a.png', mime: 'image/png' } }) };
  const seeds = { id: 's', node: 's', param: 'seed' };
  const rows = [1, 2, 3].map((seed) => ({ id: `r${seed}`, cells: { s: seed } }));
  const made = async (columns: readonly object[]) => {
    const { status, files, read } = await asked(
      'run',
      graphWith(nodes, [...wires, 'r.reference > i.references'], { media, batch: { columns, rows } }),
      { rows: true },
    );
    expect([status, files.length]).toEqual([0, 3]);
    return files.map((name) => read(name).toString('base64'));
  };
  const [apart, on] = [await made([seeds]), await made([seeds, { id: 'c', node: 'r', param: 'file', above: 'i' }])];
  expect(on.map((bytes, row) => bytes === apart[row])).toEqual([true, false, false]);
});

test('a row that goes on from one that made no picture does not run, which is said', async () => {
  const gone = { hash: 'd'.repeat(64), name: 'gone.png', mime: 'image/png' };
  const nodes = { ...vase, r: at('reference', { strength: 0.9, file: gone }) };
  const columns = [{ id: 'c', node: 'r', param: 'file', above: 'i' }];
  const rows = [1, 2].map((row) => ({ id: `r${row}`, cells: {} }));
  const { status, text, files } = await asked(
    'run',
    graphWith(nodes, [...wires, 'r.reference > i.references'], { batch: { columns, rows } }),
    { rows: true },
  );
  expect([status, files]).toEqual([1, []]);
  expect(text).toContain('Reference: The file that was chosen for it did not come along, or cannot be read here.');
  expect(text).toMatch(/Row 2\nIt goes on from the row above, which has not made its picture\.$/);
});

test('a picture, clip or text that is not there is said to be missing, never answered with an empty one', async () => {
  const artifacts = memoryArtifacts();
  const hash = 'e'.repeat(64) as ArtifactHash;
  const size = { hash, width: 8, height: 8 };
  for (const asked of [
    artifacts.image({ kind: 'image', ...size }),
    artifacts.clip({ kind: 'video', ...size, fps: 12, frames: 1 }),
    artifacts.text(hash),
  ])
    await expect(asked).rejects.toThrow('Not stored.');
});

test('a clip that cannot be delivered is not made, which is said; the rest goes on', async () => {
  const nodes = {
    ...vase,
    m: at('motion', { seconds: 0.25, fps: '12' }),
    a: at('animate', { size: '360p' }),
    c: at('deliver', { name: 'clip' }),
  };
  const { status, text, files } = await asked(
    'run',
    graphWith(nodes, [...wires, 'i.image > a.image', 'm.motion > a.motion', 'a.video > c.video']),
  );
  expect(status).toBe(1);
  expect(text).toContain('A clip is encoded by the browser');
  expect(text).toContain('Left out here, so nothing is paid for it: Animate');
  expect(text).toMatch(/^done: 4 ran/m);
  expect(files).toHaveLength(1);
});

test('a file that is no graph gets its sentence', async () => {
  expect(await asked('check', { a: 1 })).toMatchObject({
    status: 1,
    text: expect.stringContaining('is not a Triptych graph') as string,
  });
});

test('a gate holds a run up: it ends with 4, says what waits and how to let it through, and goes on when told', async () => {
  const graph = graphWith({ ...vase, g: at('gate') }, [...wires.slice(0, 2), 'i.image > g.image', 'g.image > d.image']);
  const planned = await asked('plan', graph);
  expect(planned.text).toContain('then 1 after a verdict');
  const first = await asked('run', graph);
  expect([first.status, first.files]).toEqual([4, ['Gate.png']]);
  expect(first.text).toContain('waiting for a verdict: 3 ran, 0 from the cache, 1 after that');
  const beginning = /--accept ([0-9a-f]{12})/.exec(first.text)?.[1];
  const seen = await asked('run', graph, { accept: [beginning!] });
  expect([seen.status, seen.files]).toEqual([0, ['vase-432.png']]);
  expect((await asked('run', graph, { accept: ['0123456789ab'] })).status).toBe(4);
  const all = await asked('run', { ...graph, batch }, { rows: true, accept: ['all'] });
  expect([all.status, all.files.length]).toEqual([0, 2]);
  const waiting = await asked('run', { ...graph, batch }, { rows: true });
  expect(waiting.status).toBe(4);
  expect(waiting.text).toMatch(/Waiting for a verdict: .*blue.*, .*green/);
});
