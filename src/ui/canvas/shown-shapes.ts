/** The shape of what each card shows, known before anything is drawn: a card is as high as its picture. */
import { grouped } from '../../core/grouped.ts';
import { componentIdOf } from '../../graph/component-type.ts';
import type { Board, Graph, GraphNode } from '../../graph/graph.ts';
import { inside } from '../../graph/instance.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace, Registry } from '../../core/node.ts';
import { parseParams, type FileSetting } from '../../core/params.ts';
import type { ImageValue, Outputs, VideoValue } from '../../core/values.ts';
import type { RunsState } from '../../state/runs.ts';
import type { App } from '../app-context.ts';
import { mediaOf, mediaParam } from '../file-choice.ts';
import { showsPicture, USUAL_TALL } from './card-size.ts';
import { pictureIn } from '../media.tsx';
import { nodePlanOf, nodeRunOf, shownOutputs } from '../status.ts';

/** What the size of cards follows from, beside their nodes. */
export interface Cards {
  readonly registry: Registry;
  /** Height over width of what a node on the board shows, or is about to. */
  readonly tall: (id: NodeId) => number;
}

type Shapes = ReadonlyMap<NodeId, number>;
const NO_SHAPES: Shapes = new Map();
const tallOf = ({ width, height }: ImageValue | VideoValue): number => height / Math.max(1, width);

const known = new WeakMap<Outputs, number | false>();
function tallIn(outputs: Outputs): number | undefined {
  let tall = known.get(outputs);
  if (tall === undefined) {
    const picture = pictureIn(outputs);
    known.set(outputs, (tall = picture ? tallOf(picture) : false));
  }
  return tall || undefined;
}

let last: { readonly nodes: object; readonly plan: unknown; readonly shapes: Shapes } | undefined;
/**
 * Of what runs made and plans found, by flat id. The same object while no shape is another: runs change many times a
 * second.
 */
export function shapesIn(state: RunsState): Shapes {
  if (last?.nodes === state.nodes && last.plan === state.plan) return last.shapes;
  const before = last?.shapes ?? NO_SHAPES;
  const shapes = new Map<NodeId, number>();
  let isSame = true;
  for (const key of Object.keys({ ...state.plan?.nodes, ...state.nodes })) {
    const id = key as NodeId;
    const outputs = shownOutputs(nodeRunOf(id)(state), nodePlanOf(id)(state));
    const tall = outputs && tallIn(outputs);
    if (tall === undefined) continue;
    shapes.set(id, tall);
    isSame &&= before.get(id) === tall;
  }
  last = { nodes: state.nodes, plan: state.plan, shapes: isSame && before.size === shapes.size ? before : shapes };
  return last.shapes;
}

const chosen = new WeakMap<GraphNode['params'], ImageValue | VideoValue | false>();
/** The picture or clip that was chosen in a node, for one that brings it in or follows it. */
export function chosenMedia(face: NodeFace, { params }: GraphNode): ImageValue | VideoValue | undefined {
  const name = mediaParam(face)?.name;
  if (name === undefined || params[name] === undefined) return undefined;
  let media = chosen.get(params);
  if (media === undefined) {
    const setting = parseParams(face.params, params).values[name] as FileSetting | null;
    chosen.set(params, (media = (setting && mediaOf(setting)) ?? false));
  }
  return media || undefined;
}

const feeders = new WeakMap<Board['wires'], ReadonlyMap<NodeId, readonly NodeId[]>>();
/** The nodes that feed each node. */
function feedersOf({ wires }: Pick<Board, 'wires'>): ReadonlyMap<NodeId, readonly NodeId[]> {
  let found = feeders.get(wires);
  if (!found) {
    const into = grouped(Object.values(wires), ({ to }) => to.node);
    feeders.set(wires, (found = new Map([...into].map(([id, all]) => [id, all.map(({ from }) => from.node)]))));
  }
  return found;
}
/** Whether a wire brings a node what it would otherwise take from its file. */
export const isFed = (board: Pick<Board, 'wires'>, id: NodeId): boolean => feedersOf(board).has(id);

/** The shape that a node asks for by a param of its own. */
function tallAsked({ params: specs }: NodeFace, params: GraphNode['params']): number | undefined {
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.kind !== 'aspect') continue;
    const shape = spec.shapes[params[name] as string] ?? spec.shapes[spec.default];
    return shape && shape.height / shape.width;
  }
  return undefined;
}

/** What says the shape of what a node is about to make: its file or its frame, else the node it is made from. */
function tallOrSource(board: Pick<Board, 'nodes' | 'wires'>, registry: Registry, id: NodeId): number | NodeId {
  const node = board.nodes[id];
  const definition = node && registry.get(node.type);
  if (!definition) return USUAL_TALL;
  const file = chosenMedia(definition, node);
  if (file) return tallOf(file);
  const feeding = feedersOf(board).get(id) ?? [];
  for (const from of feeding) {
    const feeder = board.nodes[from];
    const face = feeder && registry.get(feeder.type);
    const asked = face && !showsPicture(face) ? tallAsked(face, feeder.params) : undefined;
    if (asked !== undefined) return asked;
  }
  const pictured = feeding.find((from) => {
    const face = registry.get(board.nodes[from]?.type ?? '');
    return face && showsPicture(face);
  });
  return tallAsked(definition, node.params) ?? pictured ?? USUAL_TALL;
}

const expected = new WeakMap<Board['nodes'], { readonly wires: Board['wires']; readonly talls: Map<NodeId, number> }>();
/**
 * The shape of what a node is about to make, read out of the graph: as its frame says, else as what it is made from. So
 * a card has its room before its picture comes.
 */
export function expectedTall(board: Pick<Board, 'nodes' | 'wires'>, registry: Registry, id: NodeId): number {
  let known = expected.get(board.nodes);
  if (known?.wires !== board.wires) expected.set(board.nodes, (known = { wires: board.wires, talls: new Map() }));
  const { talls } = known;
  const asked: NodeId[] = [];
  let tall: number | undefined;
  for (let one = id; (tall = talls.get(one)) === undefined;) {
    // What leads back to itself is at an end here.
    talls.set(one, USUAL_TALL);
    asked.push(one);
    const told = tallOrSource(board, registry, one);
    if (typeof told === 'number') {
      tall = told;
      break;
    }
    one = told;
  }
  for (const one of asked) talls.set(one, tall);
  return tall;
}

export function cardsOf({ document, registry, runs }: Pick<App, 'document' | 'registry' | 'runs'>): Cards {
  const { board, graph, path } = document.getState();
  const known = shapesOn(board, graph, registry, path.join('/'), shapesIn(runs.getState()));
  // While things are dragged, each is asked for with each frame.
  const talls = new Map<NodeId, number>();
  const tall = (id: NodeId): number => {
    let found = talls.get(id);
    if (found === undefined) talls.set(id, (found = known(id) ?? expectedTall(board, registry, id)));
    return found;
  };
  return { registry, tall };
}
/** Where no results are looked at. */
export const cardsWithoutResults = (board: Pick<Board, 'nodes' | 'wires'>, registry: Registry): Cards => ({
  registry,
  tall: (id) => expectedTall(board, registry, id),
});

function shapesOn(board: Board, graph: Graph, registry: Registry, path: string, made: Shapes) {
  const ofFlat = (flat: NodeId, type: string): number | undefined => {
    const component = graph.components[componentIdOf(type) ?? ('' as never)];
    if (!component) return made.get(flat);
    for (const { from } of Object.values(component.outputs)) {
      const tall = ofFlat(inside(flat, from.node), component.nodes[from.node]?.type ?? '');
      if (tall !== undefined) return tall;
    }
    return undefined;
  };
  return (id: NodeId): number | undefined => {
    const node = board.nodes[id];
    const definition = node && registry.get(node.type);
    if (!definition) return undefined;
    const own = ofFlat(inside(path, id), node.type);
    const file = chosenMedia(definition, node);
    if (file) return (isFed(board, id) ? own : undefined) ?? tallOf(file);
    if (own !== undefined || !('file' in definition.outputs)) return own;
    // What a file was made of is shown in its place.
    for (const from of feedersOf(board).get(id) ?? []) {
      const tall = ofFlat(inside(path, from), board.nodes[from]?.type ?? '');
      if (tall !== undefined) return tall;
    }
    return undefined;
  };
}
