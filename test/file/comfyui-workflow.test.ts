import { expect, test } from 'vitest';
import { readComfyUi } from '../../src/file/comfyui-workflow.ts';
import { inWords } from '../../src/core/say.ts';

const read = (data: unknown) => {
  const result = readComfyUi(JSON.stringify(data));
  if (!result.ok) throw new Error(inWords(result.error.message));
  return result.value;
};
/** The default workflow of ComfyUI, shortened: both formats describe it. */
const editor = {
  version: 0.4,
  nodes: [
    {
      id: 4,
      type: 'CheckpointLoaderSimple',
      pos: [26, 474],
      size: [315, 98],
      widgets_values: ['v1-5-pruned.safetensors'],
    },
    {
      id: 6,
      type: 'CLIPTextEncode',
      pos: { 0: 415, 1: 186 },
      size: { 0: 422, 1: 164 },
      widgets_values: ['beautiful scenery'],
      title: 'Positive',
    },
    {
      id: 3,
      type: 'KSampler',
      pos: [863, 186],
      size: [315, 262],
      widgets_values: [156680208700286, 'randomize', 20, 8, 'euler', 'normal', 1],
    },
    { id: 9, type: 'SaveImage', pos: [1451, 189], size: [210, 270], widgets_values: ['ComfyUI'] },
    { id: 77, type: 'SomebodysSpecialNode', pos: [0, 0], size: [100, 60], widgets_values: [{ deep: 1 }, null] },
  ],
  links: [[1, 4, 0, 3, 0, 'MODEL'], [4, 6, 0, 3, 1, 'CONDITIONING'], [9, 3, 0, 999, 0, 'LATENT'], 'rubbish'],
  groups: [{ title: 'Sampling', bounding: [850, 100, 400, 400] }],
};
const api = {
  3: { class_type: 'KSampler', inputs: { seed: 5, cfg: 8, model: ['4', 0], positive: ['6', 0] } },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'v1-5.safetensors' } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: 'scenery', clip: ['4', 1] }, _meta: { title: 'Positive' } },
};

test('the format of the editor: nodes where they lay, wires that have both ends, groups, and what each is here', () => {
  const { nodes, wires, groups } = read(editor);
  expect(
    nodes.map(({ title, position, counterpart }) => [
      title,
      position.x,
      counterpart?.node ?? (counterpart && inWords(counterpart.words)),
    ]),
  ).toEqual([
    ['CheckpointLoaderSimple', 26, 'the routing table: graphs name a tier, not a model'],
    ['Positive', 415, 'prompt'],
    ['KSampler', 863, 'image'],
    ['SaveImage', 1451, 'deliver'],
    ['SomebodysSpecialNode', 0, undefined],
  ]);
  expect(wires).toEqual([
    { from: '4', to: '3', kind: 'MODEL' },
    { from: '6', to: '3', kind: 'CONDITIONING' },
  ]);
  expect(groups).toEqual([{ title: 'Sampling', rect: { x: 850, y: 100, width: 400, height: 400 } }]);
  expect(nodes[4]!.settings).toEqual([]);
});

test('subgraphs are drawn below the workflow, each in a group of its name, with wires of their own; nodes that stand for one are components', () => {
  const inner = {
    id: 'b1d6-uuid',
    name: 'Make it sharp',
    nodes: [
      { id: 1, type: 'ImageScale', pos: [5000, -300], size: [200, 100] },
      { id: 2, type: 'ImageSharpen', pos: [5400, -300], size: [200, 100] },
    ],
    links: [
      { id: 1, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: 'IMAGE' },
      { id: 2, origin_id: -10, target_id: 1, type: 'IMAGE' },
    ],
  };
  const { nodes, wires, groups, subgraphs } = read({
    ...editor,
    nodes: [...editor.nodes, { id: 50, type: 'b1d6-uuid', pos: [1800, 189], size: [200, 100] }],
    definitions: { subgraphs: [inner, { id: 'empty' }, 'rubbish'] },
  });
  expect(subgraphs).toBe(2);
  expect(nodes.find(({ id }) => id === '50')).toMatchObject({ type: 'Make it sharp', title: 'Make it sharp' });
  const [scale, sharpen] = nodes.filter(({ id }) => id.startsWith('b1d6-uuid/'));
  expect(sharpen!.position.x - scale!.position.x).toBe(400);
  expect(scale!.position.y).toBeGreaterThan(572);
  expect(wires).toContainEqual({ from: 'b1d6-uuid/1', to: 'b1d6-uuid/2', kind: 'IMAGE' });
  const group = groups.find(({ title }) => title === 'Make it sharp')!.rect;
  expect(group.y).toBeLessThan(scale!.position.y);
  expect(group.y + group.height).toBeGreaterThan(scale!.position.y + scale!.size.height);
});

test('the format of the API: nodes in columns, each to the right of what it needs', () => {
  const { nodes, wires } = read(api);
  const x = Object.fromEntries(nodes.map(({ title, position }) => [title, position.x]));
  expect(x).toEqual({ KSampler: 600, CheckpointLoaderSimple: 0, Positive: 300 });
  expect(wires).toHaveLength(3);
  expect(nodes.find(({ id }) => id === '3')!.settings).toEqual(['seed: 5', 'cfg: 8']);
});

test.each([
  ['no JSON', '{'],
  ['a graph of ours', '{"format":"triptych","formatVersion":2,"nodes":{},"wires":{}}'],
  ['an empty object', '{}'],
  ['a list', '[1]'],
])('%s is not a ComfyUI workflow', (_, text) => expect(readComfyUi(text).ok).toBe(false));

test('hostile ones do no harm: circles, endless names, odd numbers, prototype keys', () => {
  const circle = read({
    a: { class_type: 'X'.repeat(100_000), inputs: { i: ['b', 0] } },
    b: { class_type: 'Y', inputs: { i: ['a', 0] } },
  });
  expect(circle.nodes[0]!.type.length).toBeLessThanOrEqual(100);
  const odd = readComfyUi(
    '{"nodes":[{"id":1,"type":"A","pos":["x",1e999],"size":null,"__proto__":{"polluted":1}},null,7],"links":[[1,1,0,1,0]]}',
  );
  expect(odd.ok && odd.value.nodes[0]).toMatchObject({ position: { x: 0, y: 0 }, size: { width: 210, height: 90 } });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('what ComfyUI and Python really write: bare NaN, a prompt in its envelope, a node that lost its type', () => {
  const bare =
    '{"3": {"class_type": "KSampler", "inputs": {"seed": 5, "text": "NaN, -Infinity \\" NaN", "cfg": -Infinity, "model": ["4", 0]}, "is_changed": [NaN]}, "4": {"class_type": "CheckpointLoaderSimple", "inputs": {}}}';
  const result = readComfyUi(bare);
  if (!result.ok) throw new Error(inWords(result.error.message));
  expect(result.value.wires).toEqual([{ from: '4', to: '3', kind: 'model' }]);
  expect(result.value.nodes.find(({ id }) => id === '3')!.settings).toEqual(['seed: 5', 'text: NaN, -Infinity " NaN']);
  const names = (data: unknown) => read(data).nodes.map(({ type }) => type);
  expect(names({ client_id: 'abc', prompt: api, extra_data: {} })).toEqual(names(api));
  expect(names({ output: api, workflow: editor })).toEqual(names(editor));
  expect(names({ prompt: api, extra_data: { extra_pnginfo: { workflow: editor } } })).toEqual(names(editor));
  expect(names({ ...api, 9: { inputs: { images: ['3', 0] } } })).toEqual([...names(api), '?']);
  expect(read({ ...api, 9: { inputs: { images: ['3', 0] } } }).wires).toContainEqual({
    from: '3',
    to: '9',
    kind: 'images',
  });
  for (const other of [{ prompt: { a: 1 } }, { a: {}, b: {} }, [api], { class_type: 'x' }])
    expect(readComfyUi(JSON.stringify(other)).ok).toBe(false);
});

test('links at a subgraph’s border are drawn to the border', () => {
  const border = (id: number, x: number) => ({ id, bounding: [x, 0, 120, 60] });
  const inner = {
    id: 'inner',
    name: 'Inner',
    inputNode: border(-10, -200),
    outputNode: border(-20, 900),
    nodes: [
      { id: 1, type: 'CLIPTextEncode', pos: [0, 0] },
      { id: 2, type: 'KSampler', pos: [400, 0] },
    ],
    links: [
      { id: 1, origin_id: -10, target_id: 1, type: 'CLIP' },
      { id: 2, origin_id: 1, target_id: 2, type: 'CONDITIONING' },
      { id: 3, origin_id: 2, target_id: -20, type: 'LATENT' },
    ],
  };
  const outer = [
    { id: 10, type: 'CheckpointLoaderSimple' },
    { id: 11, type: 'inner' },
    { id: 12, type: 'VAEDecode' },
  ];
  const { nodes, wires } = read({
    nodes: outer,
    links: [
      [1, 10, 1, 11, 0, 'CLIP'],
      [2, 11, 0, 12, 0, 'LATENT'],
    ],
    definitions: { subgraphs: [inner] },
  });
  expect(wires).toHaveLength(5);
  expect(wires.slice(2).map(({ from, to }) => [from, to])).toEqual([
    ['inner/-10', 'inner/1'],
    ['inner/1', 'inner/2'],
    ['inner/2', 'inner/-20'],
  ]);
  expect(nodes.filter(({ type }) => type === 'Inputs' || type === 'Outputs')).toHaveLength(2);
});
