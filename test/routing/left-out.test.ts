/** What a model leaves out of a request is said before the run and on the take: for every control. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ArtifactHash, GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import type { ModelRef, TakeRequest } from '../../src/core/take.ts';
import { registry } from '../../src/registry.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import { dispatcher } from '../../src/routing/take-plan.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const market: Market = {
  catalog: parsed.value.catalog,
  book: NO_OVERRIDES,
  ready: ['fal', 'bfl'].map((id) => ({ id, version: 1 })),
};
const MAX: ModelRef = { provider: 'bfl', model: 'bfl/flux-2-max' };

const notesOf = (request: TakeRequest, ref: ModelRef) => {
  const rows = [rowFor({ work: request.work, tier: request.tier, candidates: [ref] })];
  const [candidate] = resolve(request, 'delivery', { ...HOUSE, rows }, market).considered;
  return candidate!.fit!.notes.map(({ input, says }) => `${input}: ${inWords(says)}`);
};

test('a guidance that is wired is told of, also where it is the usual one; without a wire nobody asked for any', () => {
  const asked = (inputs: object): TakeRequest =>
    dispatcher({
      table: HOUSE,
      market,
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: {},
      takesOf: () => [],
    })('n' as NodeId, registry.get('image')!, { params: { tier: 'speed', megapixels: '1' }, inputs } as never)!.takePlan
      .request;
  const wired = asked({ guidance: { kind: 'guidance', scale: 7 } });
  expect(notesOf(wired, MAX)).toContain('guidance: Guidance of 7 ignored: FLUX.2 [max] has none.');
  expect(notesOf(asked({}), MAX).filter((note) => note.startsWith('guidance'))).toEqual([]);
});

test('the strength of references and a frame rate that the model has no word for are told of', () => {
  const image = { kind: 'image', hash: 'x' as ArtifactHash, width: 16, height: 9 } as const;
  const references = [{ kind: 'reference', image, strength: 0.8 }] as const;
  const withPicture = notesOf(takeRequest({ references }), { provider: 'fal', model: 'google/gemini-3-pro-image' });
  expect(withPicture).toContain('references: Strength of references ignored: Nano Banana Pro has none.');
  const motion = { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 4 } as const;
  const clip = (fps: number) =>
    notesOf(takeRequest({ work: 'text to video', motion: { ...motion, fps } }), {
      provider: 'fal',
      model: 'bytedance/seedance-1.0-lite',
    });
  expect(clip(30)).toContain('motion: Frame rate ignored (30): it is up to Seedance 1.0 Lite.');
  expect(clip(24).filter((note) => note.includes('Frame rate'))).toEqual([]);
});
