/** From a workflow file to what ComfyUI runs: nodes by id, with their values and links, and nothing of the drawing. */
import { fail, ok, type Result } from '../core/errors.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { MOST_NODES } from '../core/limits.ts';
import { listed, said, say, type Sentence } from '../core/say.ts';
import type { WorkflowLink, WorkflowGraph, WorkflowNode } from '../routing/own-workflow.ts';
import { apiInputsOf, isOfEditor, subgraphsOf } from './comfyui-json.ts';
import type { NodeKind, NodeKinds } from './comfyui-nodes.ts';
import { isText, listOf, loose } from './entries.ts';

/** Nodes that only the editor has: they draw, or lead a wire somewhere else. */
const ONLY_DRAWN = new Set(['Note', 'MarkdownNote', 'Reroute', 'PrimitiveNode', 'GetNode', 'SetNode']);
const SWITCHED_OFF = 2;
const BYPASSED = 4;
/** Subgraphs within subgraphs, and reroutes in a row: more is a circle. */
const DEEPEST = 64;

/** Switched off, or handing on what it is given. */
export const isLeftOut = (node: Loose): boolean => node['mode'] === SWITCHED_OFF || node['mode'] === BYPASSED;

/** The kinds of nodes in a workflow that run, those in its subgraphs too: what has to be known of to turn it into the other format. */
export function typesIn(raw: Loose): readonly string[] {
  if (!isOfEditor(raw)) return [...new Set(Object.values(raw).map((node) => String(loose(node)['class_type'])))];
  const boards = [raw, ...subgraphsOf(raw)];
  const subgraphs = new Set(subgraphsOf(raw).map(({ id }) => id));
  const types = boards.flatMap((board) =>
    listOf(board['nodes'])
      .map(loose)
      .filter((node) => !isLeftOut(node))
      .map((node) => node['type']),
  );
  return [...new Set(types.filter(isText))].filter((type) => !ONLY_DRAWN.has(type) && !subgraphs.has(type));
}

/**
 * @param raw as `readWorkflowJson` gives it
 * @param kinds what this ComfyUI says of its nodes
 */
export function toApi(raw: Loose, kinds: NodeKinds): Result<WorkflowGraph> {
  const graph: Record<string, WorkflowNode> = {};
  if (isOfEditor(raw)) {
    // Which of its values is which only the kind of a node says.
    const unknown = typesIn(raw).filter((type) => !kinds.has(type));
    if (unknown.length > 0) return fail('bad-input', lacks(unknown), HOW_TO_GET_NODES);
    const subgraphs = new Map(subgraphsOf(raw).map((one) => [String(one['id']), boardOf(one)]));
    const written = { left: MOST_NODES };
    writeBoard({ ...boardOf(raw), prefix: '', kinds, subgraphs, depth: 0 }, graph, written);
    if (written.left < 0)
      return fail('bad-input', say('With its subgraphs written out this workflow has more nodes than can be read.'));
  } else
    for (const [id, node] of Object.entries(raw))
      if (isRecord(node) && isText(node['class_type']))
        graph[id] = nodeOf(node['class_type'], Object.entries(apiInputsOf(node)), loose(node['_meta'])['title']);
  for (const [id, node] of Object.entries(graph)) graph[id] = withoutLooseEnds(node, graph);
  return ok(graph);
}

function nodeOf(type: string, inputs: readonly (readonly [string, unknown])[], title: unknown): WorkflowNode {
  const given = inputs.map(([name, value]) => [name, linkOr(value)] as const);
  return { class_type: type, inputs: Object.fromEntries(given), ...(isText(title) ? { _meta: { title } } : {}) };
}
/** Some files have numbers for ids. */
const linkOr = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' ? [String(value[0]), value[1]] : value;

/** Without links to nodes that are not there, e.g. switched off. */
function withoutLooseEnds(node: WorkflowNode, graph: WorkflowGraph): WorkflowNode {
  const isWhole = (value: unknown) =>
    !Array.isArray(value) || !isText(value[0]) || value.length !== 2 || Object.hasOwn(graph, value[0]);
  return { ...node, inputs: Object.fromEntries(Object.entries(node.inputs).filter(([, value]) => isWhole(value))) };
}

/** What a ComfyUI does not have of a workflow. */
export const lacks = (types: readonly string[]): Sentence =>
  types.length === 1
    ? say('ComfyUI has no node {0}.', types[0]!)
    : say('ComfyUI has none of these nodes: {0}.', listed(types.map((type) => said(type))));
const HOW_TO_GET_NODES = 'Install the extension it comes from, and start ComfyUI again.';

/** Nodes and links by their ids, as a file has them. */
interface Drawn {
  readonly board: Loose;
  readonly nodes: ReadonlyMap<string, Loose>;
  readonly links: ReadonlyMap<unknown, LinkStart>;
  /** What is wired to each name that other nodes may get it by. */
  readonly setters: ReadonlyMap<unknown, Loose>;
}
interface LinkStart {
  readonly from: unknown;
  readonly slot: number;
}
function boardOf(board: Loose): Drawn {
  const nodes = listOf(board['nodes']).filter(isRecord);
  const links = listOf(board['links']).map(linkOf);
  return {
    board,
    nodes: new Map(nodes.map((node) => [String(node['id']), node])),
    links: new Map(links.filter((link) => link !== undefined)),
    // Of two with one name the first counts.
    setters: new Map(
      nodes
        .filter(isSetter)
        .map((node) => [nameOf(node), node] as const)
        .toReversed(),
    ),
  };
}
const isSetter = (node: Loose): boolean => node['type'] === 'SetNode';
/** What a SetNode gives by, and a GetNode asks for. */
const nameOf = (node: Loose): unknown => listOf(node['widgets_values'])[0];
/** Links are lists in most files, and records within subgraphs. */
function linkOf(link: unknown): readonly [id: unknown, start: LinkStart] | undefined {
  if (Array.isArray(link)) return [link[0], { from: link[1], slot: Number(link[2]) }];
  return isRecord(link) ? [link['id'], { from: link['origin_id'], slot: Number(link['origin_slot']) }] : undefined;
}

/** One canvas: the workflow's own, or the inside of a subgraph where it is used. */
interface Board extends Drawn {
  /** Ids of nodes within subgraphs begin with those of the nodes that stand for them. */
  readonly prefix: string;
  readonly kinds: NodeKinds;
  readonly subgraphs: ReadonlyMap<string, Drawn>;
  readonly depth: number;
  /** Where it is used. */
  readonly outside?: { readonly at: Board; readonly node: Loose };
}
/** What a wire brings: an output of a node that runs, or a value that was typed in. */
type Source = { readonly link: WorkflowLink } | { readonly value: unknown };

const insideOf = (at: Board, node: Loose): Board | undefined => {
  const drawn = isText(node['type']) ? at.subgraphs.get(node['type']) : undefined;
  const prefix = `${at.prefix}${String(node['id'])}:`;
  return drawn && { ...at, ...drawn, prefix, depth: at.depth + 1, outside: { at, node } };
};

/** `written.left`: nodes that may still be written. Subgraphs within subgraphs multiply. */
function writeBoard(board: Board, graph: Record<string, WorkflowNode>, written: { left: number }): void {
  if (board.depth > DEEPEST) return;
  for (const node of board.nodes.values()) {
    if (--written.left < 0) return;
    if (isLeftOut(node)) continue;
    const inside = insideOf(board, node);
    if (inside) {
      writeBoard(inside, graph, written);
      continue;
    }
    const kind = isText(node['type']) ? board.kinds.get(node['type']) : undefined;
    if (!kind) continue;
    const inputs = valuesOf(node, kind);
    for (const input of listOf(node['inputs']).filter(isRecord)) {
      const source = isText(input['name']) ? sourceAt(board, input['link'], 0) : undefined;
      if (source) inputs.set(String(input['name']), 'link' in source ? source.link : wrapped(source.value));
    }
    graph[board.prefix + String(node['id'])] = nodeOf(String(node['type']), [...inputs], node['title']);
  }
}

/** What a seed does after a run, and what the button of an upload is called. */
const COMPANIONS = new Set(['fixed', 'increment', 'decrement', 'randomize', 'image', 'video', 'audio']);

/** Values that were typed in, by the names of their inputs. The file has them in order only. */
function valuesOf(node: Loose, kind: NodeKind): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const stored = node['widgets_values'];
  const typed = kind.inputs.filter(({ isSocket }) => !isSocket);
  if (isRecord(stored)) {
    for (const { name } of typed) if (stored[name] !== undefined) values.set(name, wrapped(stored[name]));
    return values;
  }
  let at = 0;
  const list = listOf(stored);
  for (const input of typed) {
    const value = at < list.length ? list[at] : input.default;
    at++;
    if (value !== undefined && value !== null) values.set(input.name, wrapped(value));
    if (input.hasCompanion && isText(list[at]) && COMPANIONS.has(list[at] as string)) at++;
  }
  return values;
}
/** A list would be taken for a link. */
const wrapped = (value: unknown): unknown => (Array.isArray(value) ? { __value__: value } : value);

/** What a link brings, past everything that only leads on. */
function sourceAt(board: Board, link: unknown, steps: number): Source | undefined {
  const found = board.links.get(link);
  return found && sourceOf(board, found.from, found.slot, steps + 1);
}

function sourceOf(board: Board, id: unknown, slot: number, steps: number): Source | undefined {
  if (steps > DEEPEST) return undefined;
  if (board.outside && isRecord(board.board['inputNode']) && board.board['inputNode']['id'] === id)
    return sourceOutside(board, slot, steps);
  const node = board.nodes.get(String(id));
  if (!node || node['mode'] === SWITCHED_OFF) return undefined;
  const inputs = listOf(node['inputs']).filter(isRecord);
  if (node['mode'] === BYPASSED) {
    const type = loose(listOf(node['outputs'])[slot])['type'];
    const like = inputs[slot]?.['type'] === type ? inputs[slot] : inputs.find((input) => input['type'] === type);
    return like && sourceAt(board, like['link'], steps);
  }
  switch (node['type']) {
    case 'Reroute':
      return sourceAt(board, inputs[0]?.['link'], steps);
    case 'PrimitiveNode':
      return { value: listOf(node['widgets_values'])[0] };
    case 'GetNode': {
      const setter = board.setters.get(nameOf(node));
      return setter && sourceAt(board, loose(listOf(setter['inputs'])[0])['link'], steps);
    }
  }
  const inside = insideOf(board, node);
  if (!inside) return { link: [board.prefix + String(node['id']), slot] };
  const output = loose(listOf(inside.board['outputs'])[slot]);
  return sourceAt(inside, listOf(output['linkIds'])[0], steps);
}

/** What the node that stands for a subgraph is given: by a wire, or typed in on it. */
function sourceOutside({ board, outside }: Board, slot: number, steps: number): Source | undefined {
  const { at, node } = outside!;
  const name = loose(listOf(board['inputs'])[slot])['name'];
  const inputs = listOf(node['inputs']).filter(isRecord);
  const input = inputs.find((each) => each['name'] === name) ?? inputs[slot];
  const source = input && sourceAt(at, input['link'], steps);
  if (source || !input || !isRecord(input['widget'])) return source;
  const values = node['widgets_values'];
  const value = listOf(values)[inputs.filter((each) => isRecord(each['widget'])).indexOf(input)];
  return value === undefined || value === null ? undefined : { value };
}
