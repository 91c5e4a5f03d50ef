/**
 * Two ways from one prompt to a clip: straight from the words, and by a still that is made of them first. A reading of
 * the graph, whoever wired it; what is missing of either way can be added.
 */
import { addNode, connect, type BoardDraft } from './edits.ts';
import { makerOf } from './ends.ts';
import { nodeIds, type Graph, type Point, type WireEnd } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import type { ValueKind } from '../core/values.ts';

type Placed = Pick<Graph, 'nodes' | 'wires'>;

export interface TwoWays {
  /** What says what is to be seen. */
  readonly prompt: NodeId;
  /** Text to video. */
  readonly byText: NodeId;
  readonly still: NodeId;
  /** Image to video, from that still. */
  readonly byStill: NodeId;
}

const PARTS = { still: 'image', byText: 'film', byStill: 'animate' } as const;
/** Between columns and rows of nodes. */
const [COLUMN, ROW] = [304, 400];

const faceOf = ({ nodes }: Placed, registry: Registry, node: NodeId): NodeFace | undefined =>
  registry.get(nodes[node]?.type ?? '');
const socketFor = (face: NodeFace | undefined, kind: ValueKind): string | undefined =>
  Object.entries(face?.inputs ?? {}).find(([, input]) => input.kind === kind)?.[0];

/** Where a node's first input of a kind comes from. */
function feedOf(graph: Placed, registry: Registry, node: NodeId, kind: ValueKind): WireEnd | undefined {
  const socket = socketFor(faceOf(graph, registry, node), kind);
  return Object.values(graph.wires).find(({ to }) => to.node === node && to.socket === socket)?.from;
}

type Role = keyof typeof PARTS;
/** What a generation node is on one of the two ways; what goes on from a clip or joins two stills is on neither. */
function roleOf(face: NodeFace | undefined): Role | undefined {
  if (!face?.request || socketFor(face, 'prompt') === undefined) return undefined;
  const inputs = Object.values(face.inputs);
  const gives = (kind: ValueKind) => Object.values(face.outputs).some((output) => output.kind === kind);
  const stills = inputs.filter(({ kind, optional }) => kind === 'image' && !optional).length;
  if (inputs.some(({ kind }) => kind === 'video') || stills > 1) return undefined;
  if (gives('image')) return stills === 0 ? 'still' : undefined;
  return gives('video') ? (stills === 1 ? 'byStill' : 'byText') : undefined;
}

/** The still a clip begins with, and the prompt of either. */
function wayOf(graph: Placed, registry: Registry, node: NodeId) {
  const role = roleOf(faceOf(graph, registry, node));
  const from = role === 'byStill' ? feedOf(graph, registry, node, 'image') : undefined;
  const still = from && makerOf(graph, registry, from.node);
  const isStill = still !== undefined && roleOf(faceOf(graph, registry, still)) === 'still';
  const words = role === undefined ? undefined : node;
  const speaks = role === 'byStill' ? (isStill ? still : undefined) : words;
  const prompt = speaks && feedOf(graph, registry, speaks, 'prompt');
  return { role, prompt, ...(isStill ? { still } : {}) };
}

/** Every pair of a clip from words and one from a still of the same words. */
export function twoWaysOf(graph: Placed, registry: Registry): TwoWays[] {
  const ways = nodeIds(graph).map((node) => ({ node, ...wayOf(graph, registry, node) }));
  return ways.flatMap(({ node: byText, role, prompt }) =>
    role !== 'byText' || !prompt
      ? []
      : ways.flatMap((other): TwoWays[] =>
          other.role === 'byStill' && other.still && other.prompt?.node === prompt.node
            ? [{ prompt: prompt.node, byText, still: other.still, byStill: other.node }]
            : [],
        ),
  );
}

/** The prompt that a node carries, or is. */
export function promptOf(graph: Placed, registry: Registry, node: NodeId): WireEnd | undefined {
  const output = Object.entries(faceOf(graph, registry, node)?.outputs ?? {}).find(([, { kind }]) => kind === 'prompt');
  return output ? { node, socket: output[0] } : wayOf(graph, registry, node).prompt;
}

/**
 * Both ways for the prompt of a node. What is there of them is used as it is; what is added has the same seed,
 * guidance, shape and motion, and the same size. Nothing where the node carries no prompt.
 */
export function addTwoWays(draft: BoardDraft, registry: Registry, node: NodeId): TwoWays | undefined {
  const prompt = promptOf(draft, registry, node);
  if (!prompt) return undefined;
  const known = twoWaysOf(draft, registry).filter((ways) => ways.prompt === prompt.node);
  const there = known.find(({ byText, still, byStill }) => [byText, still, byStill].includes(node)) ?? known[0];
  if (there) return there;
  const own = wayOf(draft, registry, node);
  const others = nodeIds(draft).filter((id) => wayOf(draft, registry, id).prompt?.node === prompt.node);
  const find = (role: Role) => [node, ...others].find((id) => roleOf(faceOf(draft, registry, id)) === role);
  const still = own.still ?? find('still');
  const clip = own.role === 'byStill' ? node : others.find((id) => wayOf(draft, registry, id).still === still && still);
  const models = [node, still, find('byText'), clip].filter((id) => id !== undefined);
  const add = (role: Role, beside: NodeId | undefined, columns: number): NodeId | undefined => {
    const face = registry.get(PARTS[role]);
    return face && addAlike(draft, registry, face, models, prompt, placeNear(draft, beside ?? prompt.node, columns));
  };
  const text = find('byText');
  const made = still ?? add('still', text, text ? 0 : 1);
  const byStill = clip ?? add('byStill', made, 1);
  const byText = text ?? add('byText', made, 0);
  if (!byText || !made || !byStill) return undefined;
  if (!clip) {
    const from = Object.keys(faceOf(draft, registry, made)!.outputs)[0]!;
    const to = socketFor(faceOf(draft, registry, byStill), 'image')!;
    connect(draft, registry, { node: made, socket: from }, { node: byStill, socket: to });
  }
  return { prompt: prompt.node, byText, still: made, byStill };
}

/** Beside a node, or the nearest place below that where no other node lies. */
function placeNear(draft: BoardDraft, node: NodeId, columns: number): Point {
  const { x, y } = draft.nodes[node]!.position;
  const at = { x: x + columns * COLUMN, y };
  const isTaken = () =>
    Object.values(draft.nodes).some(
      ({ position }) => Math.abs(position.x - at.x) < COLUMN && Math.abs(position.y - at.y) < ROW,
    );
  while (isTaken()) at.y += ROW / 4;
  return at;
}

/** What both ways have in common beside the prompt. */
const SHARED: readonly ValueKind[] = ['seed', 'guidance', 'aspect', 'motion', 'reference'];

/** The size nearest to one that it does not have itself, else one that is quickly made: unequal sizes compare badly. */
function nearestSize(face: NodeFace, values: readonly unknown[]): string | undefined {
  const spec = face.params['size'];
  if (spec?.kind !== 'choice') return undefined;
  const wanted = Number.parseInt(String(values.find((one) => typeof one === 'string') ?? QUICK), 10);
  const offBy = (option: string) => Math.abs(Number.parseInt(option, 10) - wanted);
  return spec.options.toSorted((a, b) => offBy(a) - offBy(b))[0];
}
const QUICK = '480p';

/** A node that goes by what its models go by: their tier, their size where it has that, and what feeds them. */
function addAlike(
  draft: BoardDraft,
  registry: Registry,
  face: NodeFace,
  models: readonly NodeId[],
  prompt: WireEnd,
  at: Point,
): NodeId {
  const fits = (name: string, value: unknown): boolean => {
    const spec = face.params[name];
    return spec?.kind === 'choice' && spec.options.includes(value as string);
  };
  const alike = Object.fromEntries(
    ['size', 'tier'].flatMap((name) => {
      const values = models.map((id) => draft.nodes[id]!.params[name]);
      const wanted = values.find((one) => fits(name, one)) ?? (name === 'size' ? nearestSize(face, values) : undefined);
      return wanted === undefined ? [] : [[name, wanted]];
    }),
  );
  const id = addNode(draft, face, at, alike);
  connect(draft, registry, prompt, { node: id, socket: socketFor(face, 'prompt')! });
  for (const kind of SHARED) {
    const socket = socketFor(face, kind);
    const from = models.map((model) => feedOf(draft, registry, model, kind)).find(Boolean);
    if (socket && from) connect(draft, registry, from, { node: id, socket });
  }
  return id;
}
