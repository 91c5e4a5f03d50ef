/** One graph, run for real: the content hashes that every machine must agree on. */
import type { RunEvent } from '../../src/engine/events.ts';
import { run } from '../../src/engine/run.ts';
import { registry } from '../../src/registry.ts';
import { drawnHashes } from './drawn-layer.ts';
import { graphOf } from './graphs.ts';
import { memoryPorts } from './memory-ports.ts';
import { inWords } from '../../src/core/say.ts';

const prompts = [
  'mountain lake at dawn, mist',
  'neon street in the rain',
  'a glass bottle on a plinth',
  'astronaut on an alien planet',
  'watercolor of a house, autumn',
  'abstract ribbons',
  'beach with a palm, wind, birds',
  'a sailboat on a calm sea at sunset',
];

export async function goldenHashes(): Promise<Record<string, string>> {
  const nodes: Record<string, readonly [string, Record<string, unknown>]> = {
    seed: ['seed', { seed: { mode: 'fixed', value: 11 } }],
    aspect: ['aspect', { frame: '3:2', short: '720' }],
    motion: ['motion', { seconds: 0.25, fps: '12', move: 'orbit' }],
    ref: ['reference', { strength: 0.8 }],
    styled: ['image', { megapixels: '0.5' }],
    up: ['upscale', { crispness: 0.5 }],
    noise: ['denoise', { strength: 0.4, speckles: true }],
    sharp: ['sharpen', {}],
    grade: [
      'grade',
      {
        exposure: 0.4,
        contrast: 0.2,
        temperature: 0.3,
        curve: [
          [0, 0.05],
          [0.5, 0.45],
          [1, 1],
        ],
      },
    ],
    grain: ['grain', { size: 2.2 }],
    cut: ['reframe', { shape: '9:16' }],
    move: ['animate', { size: '480p' }],
    film: ['film', { size: '360p' }],
  };
  const wires = [
    'motion.motion > move.motion',
    'motion.motion > film.motion',
    'seed.seed > film.seed',
    'p0.prompt > film.prompt',
    'i0.image > ref.image',
    'ref.reference > styled.references',
    'p3.prompt > styled.prompt',
    'i0.image > up.image',
    'up.image > noise.image',
    'noise.image > sharp.image',
    'sharp.image > grade.image',
    'grade.image > grain.image',
    'grain.image > cut.image',
    'i1.image > move.image',
  ];
  for (const [k, text] of prompts.entries()) {
    nodes[`p${k}`] = ['prompt', { text }];
    nodes[`i${k}`] = ['image', { megapixels: '0.5' }];
    wires.push(`p${k}.prompt > i${k}.prompt`, `seed.seed > i${k}.seed`, `aspect.aspect > i${k}.aspect`);
  }
  const ports = memoryPorts(registry, undefined, { mode: 'draft' });
  await run(graphOf(nodes, wires), { mode: 'draft' }, ports, new AbortController().signal);
  return { ...hashesIn(ports.events), ...(await drawnHashes()) };
}

function hashesIn(events: readonly RunEvent[]): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const event of events) {
    if (event.type === 'failed') hashes[event.node] = `failed: ${inWords(event.failure.message)}`;
    if (event.type !== 'finished') continue;
    for (const value of Object.values(event.outputs)) {
      if (value?.kind === 'image') hashes[event.node] = `${value.hash}${value.depth ? ` depth ${value.depth}` : ''}`;
      if (value?.kind === 'video') hashes[event.node] = value.hash;
    }
  }
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
