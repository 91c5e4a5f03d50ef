/** A graph that needs two services, and the table that routes it to them, as files for a command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnModel } from '../../src/routing/own-model.ts';

export const row = (work: string, provider: string, model: string) => ({
  work,
  tier: 'cinematic',
  candidates: [{ provider, model }],
  needs: [],
  fallbacks: 0,
  switchAfter: 3,
  cap: 6,
  why: 'For a test.',
});
/** `maxPrice`: the ceiling of its clips, in millionths of a dollar. */
export function tableIn(folder: string, maxPrice?: number): string {
  return tableWith(folder, [
    row('text to image', 'replicate', 'bfl/flux-schnell'),
    {
      ...row('image to video', 'fal', 'bytedance/seedance-1.0-pro-fast'),
      ...(maxPrice === undefined ? {} : { maxPrice }),
    },
  ]);
}
/** A table with these rows, and the workflows they name. */
export function tableWith(folder: string, rows: readonly object[], workflows: readonly OwnModel[] = []): string {
  const file = join(folder, 'table.json');
  const facts = { id: 'mine', name: 'Mine', version: 1, note: '', publishedAt: '2026-11-27T00:00:00.000Z' };
  writeFileSync(file, JSON.stringify({ format: 'triptych-routing', formatVersion: 1, ...facts, rows, workflows }));
  return file;
}
/** A picture, animated, and delivered. */
export function graphIn(folder: string): string {
  const file = join(folder, 'graph.triptych.json');
  const at = (x: number) => ({ position: { x, y: 0 } });
  writeFileSync(
    file,
    JSON.stringify({
      format: 'triptych',
      formatVersion: 4,
      name: 'Two services',
      nodes: {
        prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
        motion: { type: 'motion', version: 1, ...at(1), params: { seconds: 2 } },
        image: { type: 'image', version: 1, ...at(2), params: { tier: 'cinematic' } },
        animate: { type: 'animate', version: 1, ...at(3), params: { tier: 'cinematic' } },
        deliver: { type: 'deliver', version: 1, ...at(4), params: { name: 'clip' } },
      },
      wires: {
        a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
        b: { from: { node: 'image', socket: 'image' }, to: { node: 'animate', socket: 'image' } },
        c: { from: { node: 'motion', socket: 'motion' }, to: { node: 'animate', socket: 'motion' } },
        d: { from: { node: 'animate', socket: 'video' }, to: { node: 'deliver', socket: 'video' } },
      },
    }),
  );
  return file;
}
