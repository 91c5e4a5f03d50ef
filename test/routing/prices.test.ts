/**
 * Every price of the shipped catalog against an example worked out beside it, in words and in dollars. `null`: the
 * price is not known before the call.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dollars, FREE, type Micros } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import type { WorkKind } from '../../src/core/take.ts';
import { catalogOf, type Model, type Price } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { estimate, type WorkSize } from '../../src/routing/prices.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';

interface Example extends Partial<WorkSize> {
  readonly model: string;
  readonly provider: string;
  readonly work: WorkKind;
  readonly arithmetic: string;
  readonly dollars: string | null;
}
const examples = JSON.parse(readFileSync('test/fixtures/prices.json', 'utf8')) as readonly Example[];
const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const { catalog, dropped } = parsed.value;

const costOf = ({ model, provider, work, ...size }: Omit<Example, 'arithmetic' | 'dollars'>): Micros | undefined => {
  const whole = { megapixels: 1, seconds: 5, width: 1280, height: 720, fps: 24, ...size };
  return estimate({ model, provider }, work, whole, catalog, NO_OVERRIDES).amount;
};

test('every price comes out as it was worked out beside the catalog', () => {
  expect(dropped).toEqual([]);
  for (const { arithmetic, dollars: expected, ...asked } of examples)
    expect(costOf(asked), `${asked.model} at ${asked.provider}: ${arithmetic}`).toBe(
      expected === null ? undefined : dollars(expected),
    );
});

test('a clip that is to be heard costs what the list says for sound, and a silent one what it says for silence', () => {
  const clip = { seconds: 4, width: 1280, height: 720 };
  const veo = { model: 'google/veo-3.1', provider: 'runway', work: 'text to video', ...clip } as const;
  expect([costOf({ ...veo, sound: true }), costOf(veo)]).toEqual([dollars('1.6'), dollars('0.8')]);
  const kling = { ...veo, model: 'kling/v2.6', provider: 'comfy-partner-node', seconds: 5 } as const;
  expect([costOf({ ...kling, sound: true }), costOf(kling)]).toEqual([dollars('0.7'), dollars('0.35')]);
  const own = { model: veo.model, provider: veo.provider, amount: dollars('0.3'), unit: 'second', at: 1 } as const;
  const book = { ...NO_OVERRIDES, overrides: [own] };
  expect(estimate(veo, veo.work, { ...clip, megapixels: 1, fps: 24 }, catalog, book).amount).toBe(dollars('1.2'));
});

test('no price is without an example', () => {
  const worked = new Set(examples.map(({ model, provider }) => `${model} at ${provider}`));
  const without = catalog.models.flatMap(({ id, work, offers }) =>
    offers.flatMap(({ provider, price }) =>
      price && price.amount !== FREE && work.length > 0 && !worked.has(`${id} at ${provider}`)
        ? [`${id} at ${provider}`]
        : [],
    ),
  );
  expect(without).toEqual([]);
});

test('what was wrong once: a size that costs more, a clip that is not scaled, an edit, a length, a formula of another seller', () => {
  const wide = { width: 1280, height: 720, seconds: 5 };
  const cost = (model: string, provider: string, work: WorkKind, size: Partial<WorkSize>) =>
    costOf({ model, provider, work, ...size });
  expect(cost('alibaba/wan-2.5', 'comfy-router', 'text to video', wide)).toBe(dollars('0.5'));
  expect(cost('minimax/h3-max', 'comfy-router', 'image to video', wide)).toBe(dollars('0.3575'));
  expect(cost('bytedance/seedance-1.0-pro', 'together', 'text to video', wide)).toBe(dollars('0.57'));
  expect(cost('alibaba/wan-2.7', 'together', 'text to video', wide)).toBe(dollars('0.1'));
  expect(cost('bfl/flux-2-max', 'bfl', 'image edit', { megapixels: 1 })).toBe(dollars('0.1'));
  expect(cost('luma/ray-3.2', 'comfy-partner-node', 'text to video', { ...wide, seconds: 10 })).toBe(dollars('0.9'));
  expect(cost('google/gemini-3-pro-image', 'google', 'text to image', { megapixels: 1 })).toBe(dollars('0.134'));
  // 5 × 1280 × 720 × 24 / 1024 = 108,000 tokens at $10.01 a million.
  expect(cost('bytedance/seedance-2.0', 'comfy-router', 'text to video', wide)).toBe(dollars('1.08108'));
});

const offering = (price: Partial<Price>, durations?: readonly number[]): Model => ({
  id: 'm',
  vendor: 'v',
  name: 'M',
  status: 'active',
  work: ['text to image', 'text to video'],
  modalities: [],
  supports: durations ? { durations } : {},
  tiers: [],
  seeds: 'unknown',
  sources: [],
  asOf: '2026-11-01',
  offers: [
    {
      provider: 'p',
      modelId: 'm',
      price: { amount: FREE, unit: 'video', per: 1, source: '', asOf: '2026-11-01', ...price },
    },
  ],
});
const sized = (lines: number, amount: string) => ({
  lines,
  megapixels: (lines ** 2 * 16) / 9 / 1e6,
  amount: dollars(amount),
});

test('beyond what a list names, its last price grows with what is asked, and is only about right', () => {
  const cost = (model: Model, work: WorkKind, asked: Partial<WorkSize>) => {
    const size = { megapixels: 1, seconds: 5, width: 1280, height: 720, fps: 24, ...asked };
    return estimate({ model: 'm', provider: 'p' }, work, size, catalogOf([model], '2026-11-01'), NO_OVERRIDES);
  };
  const clip = offering({ amount: dollars('1'), lengths: [{ seconds: 5, amount: dollars('1') }] });
  expect(cost(clip, 'text to video', { seconds: 5 })).toEqual({ amount: dollars('1'), about: false });
  expect(cost(clip, 'text to video', { seconds: 8 })).toEqual({ amount: dollars('1.6'), about: true });
  const perSecond = offering({ amount: dollars('0.1'), unit: 'second', sizes: [sized(720, '0.1')] }, [5, 10]);
  expect(cost(perSecond, 'text to video', {})).toEqual({ amount: dollars('0.5'), about: false });
  expect(cost(perSecond, 'text to video', { width: 1920, height: 1080 })).toEqual({
    amount: dollars('1.125'),
    about: true,
  });
  // No service makes these 12 s; what they would cost is still no less than what 10 s do.
  expect(cost(perSecond, 'text to video', { seconds: 12 })).toEqual({ amount: dollars('1.2'), about: true });
  const picture = offering({ amount: dollars('0.1'), unit: 'image', sizes: [sized(720, '0.1')] });
  expect(cost(picture, 'text to image', { megapixels: 0.9216 })).toEqual({ amount: dollars('0.1'), about: false });
  expect(cost(picture, 'text to image', { megapixels: 1.8432 })).toEqual({ amount: dollars('0.2'), about: true });
});
