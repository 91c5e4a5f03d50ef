/** What is wished for of a clip beside its picture: sound, and a picture to end with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import { parseParams } from '../../src/core/params.ts';
import { inWords } from '../../src/core/say.ts';
import type { TakeRequest } from '../../src/core/take.ts';
import type { VideoValue } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import type { Row } from '../../src/routing/routing-table.ts';
import { dispatcher, slotOf } from '../../src/routing/take-plan.ts';
import { readyFor } from '../rig/ready.ts';
import { takeRequest } from '../rig/requests.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const { catalog } = parsed.value;
const market: Market = { catalog, book: NO_OVERRIDES, ready: readyFor('sketch') };
const request = (over: Partial<TakeRequest>): TakeRequest =>
  takeRequest({
    work: 'text to video',
    aspect: { kind: 'aspect', ratio: [16, 9], width: 1280, height: 720 },
    motion: { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 4, fps: 24 },
    ...over,
  });

test('a wish for sound is no param of a slot while it is off, and goes into the request while it is on', () => {
  const asked = (params: object) => {
    const definition = registry.get('film')!;
    const { values } = parseParams(definition.params, { ...params });
    const ask = dispatcher({
      table: HOUSE,
      market,
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: {},
      takesOf: () => [],
    });
    return ask('n' as NodeId, definition, { params: values, inputs: {} } as never)!.takePlan;
  };
  expect(asked({}).request).not.toHaveProperty('sound');
  expect(asked({ sound: true }).request.sound).toBe(true);
  expect(asked({}).slot).toBe(slotOf('film', 'delivery', { tier: 'speed', size: '480p' }, {}));
  expect(asked({ sound: true }).slot).not.toBe(asked({}).slot);
});

test('a last frame is needed of whoever is asked, and paid for as a picture that goes along', () => {
  const still = { kind: 'image', hash: 'x' as never, width: 16, height: 9 } as const;
  const [lite, fast] = ['bytedance/seedance-1.0-lite', 'bytedance/seedance-1.0-pro-fast'];
  const { maxPrice: _, ...row } = HOUSE.rows[0]!;
  const candidates = [fast, lite].map((model) => ({ provider: 'fal', model }));
  const rows: Row[] = [{ ...row, work: 'image to video', tier: 'speed', candidates, needs: [] }];
  const asked = request({ work: 'image to video', still });
  const resolved = (over: Partial<TakeRequest>) =>
    resolve({ ...asked, ...over }, 'delivery', { ...HOUSE, rows }, { ...market, ready: [{ id: 'fal', version: 1 }] });
  expect(resolved({}).usable.map(({ model }) => model)).toEqual([fast, lite]);
  const { usable, considered } = resolved({ lastFrame: still });
  expect(usable.map(({ model }) => model)).toEqual([lite]);
  expect(considered[0]!.reasons.map((reason) => inWords(reason))).toContain('cannot take: a last frame');
});

test('sound is a wish: who cannot says so, unless the row needs it', () => {
  const asked = request({ work: 'text to video', sound: true });
  const ready = readyFor('runway', 'fal').map((one) => ({ ...one, version: 1 }));
  const considered = (model: string, provider: string, needs: Row['needs'] = []) => {
    const { maxPrice: _, ...row } = HOUSE.rows[0]!;
    const rows: Row[] = [{ ...row, work: 'text to video', tier: 'speed', candidates: [{ provider, model }], needs }];
    return resolve(asked, 'delivery', { ...HOUSE, rows }, { ...market, ready }).considered[0]!;
  };
  const notes = (...of: Parameters<typeof considered>) =>
    considered(...of)
      .fit!.notes.filter(({ input }) => input === 'sound')
      .map(({ says }) => inWords(says));
  const veo = considered('google/veo-3.1', 'runway');
  expect([veo.fit!.sends.sound, veo.estimate.amount]).toEqual([true, dollars('1.6')]);
  expect(notes('google/veo-3.1', 'runway')).toEqual([]);
  expect(notes('runway/gen4.5', 'runway')).toEqual(['Sound ignored: clips of Gen-4.5 are silent.']);
  expect(notes('pixverse/v6', 'fal')).toEqual([
    'Sound ignored: nobody has written down how PixVerse V6 is asked for it.',
  ]);
  const reasons = (model: string, provider: string) =>
    considered(model, provider, ['audio']).reasons.map((reason) => inWords(reason));
  expect(reasons('runway/gen4.5', 'runway')).toContain('makes silent clips');
  expect(reasons('bytedance/seedance-1.0-pro', 'fal')).toContain('not known to make sound');
  expect(reasons('google/veo-3.1', 'runway')).toEqual([]);
});

test('going on from a clip is a wish: who takes one frame only says so, unless the row needs it', () => {
  const still = { kind: 'image', hash: 'x' as never, width: 16, height: 9 } as const;
  const clip = { kind: 'video', hash: 'c' as never, width: 16, height: 9, fps: 24, frames: 48 } as const;
  const asked = request({ work: 'image to video', still, continues: { clip, tail: 0.9 } });
  const considered = (model: string, needs: Row['needs'] = [], request: TakeRequest = asked) => {
    const { maxPrice: _, ...row } = HOUSE.rows[0]!;
    const candidates = [{ provider: 'fal', model }];
    const rows: Row[] = [{ ...row, work: 'image to video', tier: 'speed', candidates, needs }];
    const ready = [{ id: 'fal', version: 1 }];
    return resolve(request, 'delivery', { ...HOUSE, rows }, { ...market, ready }).considered[0]!;
  };
  const notes = (model: string, request: TakeRequest = asked) =>
    considered(model, [], request)
      .fit!.notes.filter(({ input }) => input === 'video')
      .map(({ says }) => inWords(says));
  const going = (of: Partial<VideoValue>, more: Partial<TakeRequest> = {}) =>
    ({ ...asked, ...more, continues: { clip: { ...clip, ...of }, tail: 0.9 } }) as TakeRequest;
  // Its limits are values of the catalog: size, shape, and in others length.
  expect(notes('google/veo-3.1')).toEqual([
    'Goes on from the last frame: Veo 3.1 takes clips of 720, 1080 px on the short side.',
  ]);
  expect(notes('google/veo-3.1', going({ width: 960, height: 720 }))).toEqual([
    'Goes on from the last frame: Veo 3.1 takes clips of the shapes 16:9, 9:16.',
  ]);
  const wide = { width: 1280, height: 720 };
  expect(notes('google/veo-3.1', going(wide, { lastFrame: still }))).toEqual([
    'Goes on from the last frame: with a clip Veo 3.1 takes no picture to end with.',
  ]);
  expect(notes('google/veo-3.1', going(wide))).toEqual([]);
  expect(considered('google/veo-3.1', [], going(wide))).toMatchObject({
    modelId: 'fal-ai/veo3.1/extend-video',
    fit: { sends: { tailFrames: 22 } },
  });
  expect(notes('xai/grok-imagine-video', going({ frames: 36 }))).toEqual([
    'Goes on from the last frame: Grok Imagine Video takes no clip shorter than 2 s.',
  ]);
  expect(notes('xai/grok-imagine-video')).toEqual([
    'Tail: 2 s in place of 0.9 s; other lengths are not taken by Grok Imagine Video.',
  ]);
  expect(notes('luma/ray-2')).toEqual([
    'Goes on from the last frame: nobody has written down how Ray 2 is given a clip.',
  ]);
  expect(notes('bytedance/seedance-1.0-lite')).toEqual([
    'Goes on from the last frame: Seedance 1.0 Lite is not known to take a clip.',
  ]);
  const reasons = (model: string) => considered(model, ['extend']).reasons.map((reason) => inWords(reason));
  expect(reasons('google/veo-3.1')).toEqual([]);
  expect(reasons('bytedance/seedance-1.0-lite')).toEqual(['not known to take: a clip to go on from']);
});

test('a loop that is not asked for is said, with what to do', () => {
  const still = { kind: 'image', hash: 'x' as never, width: 16, height: 9 } as const;
  const motion = { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 4, fps: 24 } as const;
  const { maxPrice: _, ...row } = HOUSE.rows[0]!;
  const candidates = [{ provider: 'fal', model: 'bytedance/seedance-1.0-lite' }];
  const rows: Row[] = [{ ...row, work: 'image to video', tier: 'speed', candidates, needs: [] }];
  const notes = (loop: boolean) =>
    resolve(
      request({ work: 'image to video', still, motion: { ...motion, ...(loop ? { loop } : {}) } }),
      'delivery',
      { ...HOUSE, rows },
      { ...market, ready: [{ id: 'fal', version: 1 }] },
    )
      .considered[0]!.fit!.notes.filter(({ input }) => input === 'motion')
      .map(({ says }) => inWords(says));
  expect(notes(false)).not.toContainEqual(expect.stringContaining('Loop'));
  expect(notes(true)).toContainEqual(
    'Loop ignored: Seedance 1.0 Lite is not asked for one. Give it the still as last frame too.',
  );
});
