/** What usually comes next in a graph, the most likely first: counted in the templates, rounded by hand. */
import { own } from '../core/own.ts';
import type { NodeFace } from '../core/node.ts';
import type { ValueKind } from '../core/values.ts';

export interface NextStep {
  /** The type of the node to add. */
  readonly type: string;
  /** A param that has to be shown as a socket first, where none of the node's own sockets takes the value. */
  readonly shows?: string;
}

/** By what an output gives. Nothing takes a file: it is what a graph is for. */
export const AFTER_KIND: Readonly<Record<ValueKind, readonly NextStep[]>> = {
  prompt: [{ type: 'image' }, { type: 'film' }],
  seed: [{ type: 'image' }, { type: 'film' }],
  guidance: [{ type: 'image' }, { type: 'film' }],
  aspect: [{ type: 'image' }, { type: 'film' }, { type: 'upscale' }, { type: 'reframe' }],
  reference: [{ type: 'image' }, { type: 'film' }],
  motion: [{ type: 'animate' }, { type: 'bridge' }, { type: 'film' }],
  acceptance: [{ type: 'image' }, { type: 'film' }],
  image: [{ type: 'upscale' }, { type: 'animate' }, { type: 'grade' }, { type: 'reframe' }, { type: 'deliver' }],
  video: [{ type: 'deliver' }, { type: 'stitch' }, { type: 'retime' }, { type: 'grab' }, { type: 'extend' }],
  text: [{ type: 'prompt', shows: 'text' }],
  number: [{ type: 'guidance', shows: 'scale' }],
  file: [],
};

/** By the node that gives it, before what follows such a value anywhere. */
export const AFTER_NODE: Readonly<Record<string, readonly string[]>> = {
  image: ['upscale', 'animate', 'gate', 'grade', 'contact-sheet', 'reference'],
  import: ['reference', 'animate', 'upscale', 'trim', 'stabilise'],
  upscale: ['grade', 'grain', 'sharpen'],
  denoise: ['sharpen', 'grade'],
  sharpen: ['grade', 'grain'],
  grade: ['animate', 'grain', 'deliver'],
  grain: ['deliver', 'animate'],
  reframe: ['deliver', 'animate'],
  gate: ['animate', 'bridge', 'stitch'],
  'contact-sheet': ['deliver', 'split-grid'],
  'split-grid': ['animate', 'upscale'],
  grab: ['animate', 'bridge'],
  animate: ['deliver', 'stitch', 'extend', 'match'],
  bridge: ['stitch', 'deliver'],
  extend: ['stitch', 'deliver'],
  film: ['deliver', 'loop', 'stitch'],
};

const MOST = 7;

/**
 * The nodes one goes on with from an output that gives such a value; last come those used lately (`recent`, the last
 * one first) which take it.
 */
export function nextSteps(
  from: { readonly type: string; readonly kind: ValueKind },
  placeable: ReadonlyMap<string, NodeFace>,
  recent: readonly string[] = [],
): readonly NextStep[] {
  const takes = (type: string): boolean =>
    Object.values(placeable.get(type)?.inputs ?? {}).some(({ kind }) => kind === from.kind);
  const ofNode = (own(AFTER_NODE, from.type) ?? []).map((type): NextStep => ({ type }));
  const lately = recent.map((type): NextStep => ({ type }));
  const others = [...AFTER_KIND[from.kind], ...lately].filter(({ type }) => type !== from.type);
  const fitting = [...ofNode, ...others].filter(({ type, shows }) => shows !== undefined || takes(type));
  const isFirst = ({ type }: NextStep, at: number) => fitting.findIndex((step) => step.type === type) === at;
  return fitting.filter(isFirst).slice(0, MOST);
}
