/** How large a node's card is and where its sockets sit, known without measuring the page. */
import type { GraphNode } from '../../graph/graph.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { NodeFace } from '../../core/node.ts';

export const CARD_WIDTH = 232;
/** How far a card stands beside what it belongs to. */
export const CARD_GAP = 56;
const HEAD = 34;
const ROW = 24;
const PAD = 8;
export const PREVIEW_HEIGHT = 140;
const SUMMARY = 56;
const FOOT = 34;

export interface CardShape {
  readonly height: number;
  readonly body: number;
  readonly inputs: readonly { readonly id: string; readonly y: number }[];
  readonly outputs: readonly { readonly id: string; readonly y: number }[];
}

export const showsPicture = ({ outputs }: NodeFace): boolean =>
  Object.values(outputs).some(({ kind }) => kind === 'image' || kind === 'video' || kind === 'file');

/** A placeholder (no definition) is a plain card without sockets. */
export function cardShape(node: GraphNode, definition: NodeFace | undefined): CardShape {
  if (!definition) return { height: HEAD + SUMMARY + 20, body: SUMMARY, inputs: [], outputs: [] };
  const place = (ids: readonly string[]) => ids.map((id, index) => ({ id, y: HEAD + PAD + ROW * index + ROW / 2 }));
  const inputs = place(Object.keys(inputsOf(definition, node)));
  const outputs = place(Object.keys(definition.outputs));
  const body = showsPicture(definition) ? PREVIEW_HEIGHT + ('file' in definition.outputs ? FOOT : 0) : SUMMARY;
  return { height: HEAD + PAD * 2 + ROW * Math.max(inputs.length, outputs.length) + body + 10, body, inputs, outputs };
}
