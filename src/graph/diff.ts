/** What differs between two graphs, node by node. Where nodes lie does not count. */
import { sameData } from '../core/equal.ts';
import { wireEntries, type Board, type Graph, type GraphNode } from './graph.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ModelRef } from '../core/take.ts';

export interface ParamChange {
  readonly param: string;
  readonly from: unknown;
  readonly to: unknown;
}
export interface NodeChange {
  readonly node: NodeId;
  readonly params: readonly ParamChange[];
  /** Named, muted, switched off, frozen, pinned, another take, other sockets, another look of its card. */
  readonly settings: readonly Sentence[];
  /** Wires into this node, as `node.socket → socket`. */
  readonly connected: readonly string[];
  readonly disconnected: readonly string[];
}
export interface GraphDiff {
  readonly added: readonly NodeId[];
  readonly removed: readonly NodeId[];
  readonly changed: readonly NodeChange[];
  /** Components whose inside differs. */
  readonly components: readonly ComponentId[];
  /** Notes, frames, the form, title and the like. */
  readonly around: readonly Sentence[];
}

/** `called`: a model, in the words of whoever reads it. */
export function differenceOf(
  before: Graph,
  after: Graph,
  called: (ref: ModelRef) => string = ({ model }) => model,
): GraphDiff {
  const [old, now] = [Object.keys(before.nodes) as NodeId[], Object.keys(after.nodes) as NodeId[]];
  const [wiresBefore, wiresAfter] = [wiresByTarget(before), wiresByTarget(after)];
  const changed = now.flatMap((id) => {
    const [a, b] = [before.nodes[id], after.nodes[id]!];
    if (!a) return [];
    const [had, has] = [wiresBefore.get(id) ?? [], wiresAfter.get(id) ?? []];
    const change: NodeChange = {
      node: id,
      params: paramsChanged(a, b),
      settings: settingsChanged(a, b, called),
      connected: has.filter((wire) => !had.includes(wire)),
      disconnected: had.filter((wire) => !has.includes(wire)),
    };
    return change.params.length + change.settings.length + change.connected.length + change.disconnected.length
      ? [change]
      : [];
  });
  const components = [
    ...new Set([...Object.keys(before.components), ...Object.keys(after.components)] as ComponentId[]),
  ].filter((id) => !sameData(before.components[id], after.components[id]));
  const around = (
    [
      ['title', say('Title')],
      ['description', say('Description')],
      ['author', say('Author')],
      ['licence', say('Licence')],
      ['tags', say('Tags')],
      ['notes', say('Notes')],
      ['frames', say('Frames')],
      ['form', say('Form')],
      ['routing', say('Routing table')],
      ['batch', say('Batch')],
      ['sweep', say('Sweep')],
    ] as const
  ).flatMap(([key, words]) => (sameData(before[key], after[key]) ? [] : [words]));
  return {
    added: now.filter((id) => !before.nodes[id]),
    removed: old.filter((id) => !after.nodes[id]),
    changed,
    components,
    around,
  };
}
export const isEqual = ({ added, removed, changed, components, around }: GraphDiff): boolean =>
  added.length + removed.length + changed.length + components.length + around.length === 0;

function wiresByTarget(board: Board): Map<NodeId, string[]> {
  const found = new Map<NodeId, string[]>();
  for (const [, { from, to }] of wireEntries(board)) {
    const list = found.get(to.node) ?? [];
    list.push(`${from.node}.${from.socket} → ${to.socket}`);
    found.set(to.node, list);
  }
  return found;
}
function paramsChanged(a: GraphNode, b: GraphNode): ParamChange[] {
  return [...new Set([...Object.keys(a.params), ...Object.keys(b.params)])].flatMap((param) =>
    sameData(a.params[param], b.params[param]) ? [] : [{ param, from: a.params[param], to: b.params[param] }],
  );
}
function settingsChanged(a: GraphNode, b: GraphNode, called: (ref: ModelRef) => string): Sentence[] {
  const words: Sentence[] = [];
  if (a.type !== b.type) words.push(say('is another node'));
  if (a.title !== b.title) words.push(b.title ? say('named “{0}”', b.title) : say('lost its name'));
  if (!a.muted !== !b.muted) words.push(b.muted ? say('muted') : say('no longer muted'));
  if (!a.off !== !b.off) words.push(b.off ? say('switched off') : say('switched on'));
  if (a.frozen !== b.frozen) words.push(b.frozen ? say('frozen') : say('no longer frozen'));
  if (!sameData(a.pinned, b.pinned)) words.push(b.pinned ? say('pinned to {0}', called(b.pinned)) : say('unpinned'));
  if (!sameData(a.take, b.take)) words.push(say('shows another take'));
  if (!sameData(a.inner, b.inner)) words.push(say('other takes or kept results inside'));
  if (!sameData(a.promoted, b.promoted)) words.push(say('other params as sockets'));
  if (!sameData(a.look, b.look)) words.push(say('its card looks different'));
  return words;
}
