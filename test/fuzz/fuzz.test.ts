/** A slice of the fuzz; `npm run fuzz -- --count 1000000` is the whole. */
import { expect, test } from 'vitest';
import { findingIn, KINDS, randomOf } from './kinds.ts';

const SEED = 1;
/** Inputs of each kind. Graphs cost most and teach most. */
const COUNT: Readonly<Record<string, number>> = { graph: 450, link: 250, fragment: 150, png: 100, webp: 100, mp4: 100 };
const USUAL = 250;

test.each(KINDS.map((kind, at) => [kind.name, kind, at] as const))(
  '%s: what is accepted can be planned, checked, run and written again, and what is refused is refused in words',
  async (name, kind, number) => {
    const counts = { accepted: 0, refused: 0 };
    for (let at = 0; at < (COUNT[name] ?? USUAL); at++) {
      const input = kind.make(randomOf(SEED, number, at));
      const found = await findingIn(kind, input);
      if ('finding' in found) expect.fail(`${name} ${at}: ${found.finding}\n${String(input).slice(0, 2000)}`);
      counts[found.outcome]++;
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(0);
  },
  120_000,
);
