import { expect, test } from 'vitest';
import { inWords, said } from '../../src/core/say.ts';
import { readNodeKinds } from '../../src/file/comfyui-nodes.ts';
import { nodesToAskFor, readOwnWorkflow } from '../../src/file/own-workflow-file.ts';
import { objectInfo } from '../contract/comfyui-nodes.ts';

const kinds = readNodeKinds({
  ...objectInfo({ checkpoints: ['a.safetensors'] }),
  'Image Save': { input: { required: { images: ['IMAGE'] } }, output: [], output_node: true },
  FluxProNode: { input: { required: { prompt: ['STRING', {}] } }, output: ['IMAGE'], api_node: true },
});
const why = (raw: unknown, known: typeof kinds | 'silent' = kinds): string => {
  const read = readOwnWorkflow(
    typeof raw === 'string' ? raw : JSON.stringify(raw),
    known === 'silent' ? undefined : known,
  );
  return read.ok ? 'read' : inWords(said(read.error.message));
};
const read = (raw: unknown, known: typeof kinds | 'silent' = kinds) => {
  const result = readOwnWorkflow(JSON.stringify(raw), known === 'silent' ? undefined : known);
  if (!result.ok) throw new Error(inWords(result.error.message));
  return result.value;
};
const SAVE = { class_type: 'SaveImage', inputs: { images: ['1', 0] } };
const LOAD = { class_type: 'LoadImage', inputs: { image: 'a.png' } };

test('what is no workflow that could make a take is refused in a sentence', () => {
  expect(why('{')).toMatch(/not JSON/);
  expect(why({ a: 1 })).toMatch(/not a ComfyUI workflow/);
  expect(why({ 1: LOAD })).toBe('Nothing in this workflow saves a picture or a clip, so there would be no result.');
  const circle = {
    1: { class_type: 'ImageScale', inputs: { image: ['2', 0] }, _meta: { title: 'Larger' } },
    2: { class_type: 'ImageScale', inputs: { image: ['1', 0] } },
    3: SAVE,
  };
  expect(why(circle)).toMatch(/in a circle at “\w+”/);
  const many = Object.fromEntries(Array.from({ length: 2500 }, (_, id) => [String(id), SAVE]));
  expect(why(many)).toBe('This workflow has 2,500 nodes; one with up to 2,000 can be used.');
  const heavy = { 1: { ...LOAD, inputs: { image: 'a.png', drawn: 'x'.repeat(5_000_000) } }, 2: SAVE };
  expect(why(heavy)).toMatch(/too large for one that is sent with every take/);
});

test('subgraphs that multiply are not written out', () => {
  const twice = (of: string) => ({ nodes: [1, 2].map((id) => ({ id, type: of })), links: [] });
  const subgraphs = Array.from({ length: 40 }, (_, at) => ({
    id: `g${at}`,
    ...twice(at < 39 ? `g${at + 1}` : 'SaveImage'),
  }));
  expect(why({ ...twice('g0'), definitions: { subgraphs } })).toMatch(/more nodes than can be read/);
});

test('a script in a title is a title', () => {
  const title = '<img src=x onerror=alert(1)>';
  const { workflow } = read({ 1: { ...LOAD, _meta: { title } }, 2: SAVE });
  expect(workflow.graph['1']!._meta).toEqual({ title });
});

test('without ComfyUI a workflow in the format of its API is read all the same, one of the editor is not', () => {
  const own = read({ 1: LOAD, 2: SAVE }, 'silent');
  expect([own.missing, own.outputs]).toEqual([undefined, ['2']]);
  expect(why({ nodes: [{ id: 1, type: 'SaveImage' }], links: [] }, 'silent')).toMatch(/^ComfyUI does not answer/);
});

test('what ComfyUI says saves pictures is a result, and what asks paid services is named', () => {
  const own = read({
    1: { class_type: 'FluxProNode', inputs: { prompt: 'a boat' } },
    2: { class_type: 'Image Save', inputs: { images: ['1', 0] } },
    3: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
  });
  expect([own.outputs, own.paid, own.missing]).toEqual([['2', '3'], ['FluxProNode'], []]);
});

test('nodes that are switched off or passed by need not be known', () => {
  const off = [2, 4].map((mode, id) => ({ id: id + 5, type: `Gone${mode}`, mode }));
  const asked = nodesToAskFor(JSON.stringify({ nodes: [{ id: 1, type: 'SaveImage' }, ...off], links: [] }));
  expect(asked).toEqual({ ok: true, value: ['SaveImage'] });
});
