/** How large a node's card is, where its sockets sit and what it has room for, known without measuring the page. */
import type { GraphNode } from '../../graph/graph.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { NodeFace } from '../../core/node.ts';
import { isShown, parseParams, type ParamKind, type ParamSpec, type TextParam } from '../../core/params.ts';

export const CARD_WIDTH = 232;
/** How far a card stands beside what it belongs to. */
export const CARD_GAP = 56;
export const CARD_HEAD = 34;
const ROW = 24;
const PAD = 8;
const SUMMARY = 56;
const FOOT = 34;
/** A param that is set on the card. */
export const CONTROL = 32;
/** Below a picture, or above unfolded params: what is folded there, and the takes. */
const BAR = 30;
const END = 10;

/** Height over width of the tallest picture that still fills the card's width. */
const TALLEST = 3;
/** Of one of which nothing is known. */
export const USUAL_TALL = 2 / 3;

/** Of a text that is written on the card. */
const LINE = 18;
const TEXT_PAD = 16;
const FEWEST_LINES = 3;
const MOST_LINES = 10;
/** Pixels that a letter takes, on average. */
const LETTER = 6.2;

export interface CardShape {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly { readonly id: string; readonly y: number }[];
  readonly outputs: readonly { readonly id: string; readonly y: number }[];
  /** Of the picture, where the card shows one: as wide as the card, right below its head. */
  readonly picture: number | undefined;
  /** Of the text that is written on it. */
  readonly text: number | undefined;
  /** Whether a line below that text says what its other texts are. */
  readonly hasRemark: boolean;
  /** Whether its params fold. */
  readonly folds: boolean;
  /** Params that are set on the card. */
  readonly controls: readonly string[];
  /** Of what lies below the picture or the sockets. */
  readonly body: number;
}

const PICTURED: readonly string[] = ['image', 'video', 'file', 'reference'];
export const showsPicture = ({ outputs }: NodeFace): boolean =>
  Object.values(outputs).some(({ kind }) => PICTURED.includes(kind));

/** The text that a node is written with, where it is one of more than a line. */
export function writtenText({ params }: NodeFace): { readonly name: string; readonly spec: TextParam } | undefined {
  const [name, spec] = Object.entries(params)[0] ?? [];
  return name !== undefined && spec?.kind === 'text' && spec.rows > 1 ? { name, spec } : undefined;
}

/** Kinds with a control that fits on one line of a card. */
const ON_A_LINE: readonly ParamKind[] = ['int', 'float', 'seed', 'choice', 'aspect', 'toggle'];
export const fitsOnCard = ({ kind }: ParamSpec): boolean => ON_A_LINE.includes(kind);
function controlsOf({ params: written, look, promoted = [] }: GraphNode, { params }: NodeFace): string[] {
  if (!look?.unfolded && !look?.params) return [];
  const { values } = parseParams(params, written);
  const names = look.unfolded ? Object.keys(params) : look.params!;
  return names.filter((name) => {
    const spec = Object.hasOwn(params, name) ? params[name] : undefined;
    return spec && fitsOnCard(spec) && isShown(spec, values) && !promoted.includes(name);
  });
}

const hasOtherTexts = ({ params }: GraphNode, definition: NodeFace, own: string): boolean =>
  Object.entries(definition.params).some(
    ([name, { kind }]) => kind === 'text' && name !== own && typeof params[name] === 'string' && params[name] !== '',
  );
function heightOfText(text: string, width: number): number {
  const perLine = Math.max(1, Math.floor((width - 2 * END - TEXT_PAD) / LETTER));
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  return Math.min(MOST_LINES, Math.max(FEWEST_LINES, lines)) * LINE + TEXT_PAD;
}

/**
 * A placeholder (no definition) is a plain card without sockets. `tall`: height over width of what the card shows,
 * where that is known; `width`: while the card is resized.
 */
export function cardShape(
  node: GraphNode,
  definition: NodeFace | undefined,
  tall = USUAL_TALL,
  width = node.look?.width ?? CARD_WIDTH,
): CardShape {
  const { look } = node;
  const none = { width, picture: undefined, text: undefined, hasRemark: false, folds: false, controls: [] };
  if (!definition) {
    const body = look?.collapsed ? 0 : SUMMARY;
    return { ...none, height: CARD_HEAD + body + (body && 20), body, inputs: [], outputs: [] };
  }
  const place = (ids: readonly string[]) => ids.map((id, at) => ({ id, y: CARD_HEAD + PAD + ROW * at + ROW / 2 }));
  const inputs = place(Object.keys(inputsOf(definition, node)));
  const outputs = place(Object.keys(definition.outputs));
  const sockets = PAD * 2 + ROW * Math.max(inputs.length, outputs.length);
  if (look?.collapsed) return { ...none, height: CARD_HEAD + sockets, body: 0, inputs, outputs };
  const controls = controlsOf(node, definition);
  const folds = Object.values(definition.params).some(fitsOnCard);
  const set = CONTROL * controls.length;
  if (showsPicture(definition)) {
    const picture = Math.round((width - 2) * Math.min(TALLEST, tall));
    const body = (folds || definition.request ? BAR : 0) + set + ('file' in definition.outputs ? FOOT + END : 0);
    // Sockets sit on the border beside the picture; where there are more of them than it is high, it stays as it is.
    const height = CARD_HEAD + Math.max(picture + body, sockets) + 2;
    return { ...none, height, inputs, outputs, picture, folds, controls, body };
  }
  const written = writtenText(definition);
  const value = written && (node.params[written.name] ?? written.spec.default);
  const text = written && heightOfText(typeof value === 'string' ? value : '', width);
  const hasRemark = written !== undefined && hasOtherTexts(node, definition, written.name);
  const below = folds && (controls.length || text) ? BAR + set : 0;
  const body = (text ?? (below ? 0 : SUMMARY)) + (hasRemark ? LINE : 0) + below;
  return { ...none, height: CARD_HEAD + sockets + body + END, inputs, outputs, text, hasRemark, folds, controls, body };
}
