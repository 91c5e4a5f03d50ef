/** Putting nodes and components on the board: from the library, the finder, a drop. */
import type { LibraryComponent } from '../graph/adopt.ts';
import { componentIdOf, typeOfComponent } from '../graph/component-type.ts';
import { registryWith } from '../graph/component.ts';
import { fittingSocket } from '../graph/connect.ts';
import { addNode, connect, type BoardDraft } from '../graph/edits.ts';
import type { Board, Graph, GraphNode, Point, Size, Wire } from '../graph/graph.ts';
import { boundsOf, freeSpot } from '../graph/rect.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { loadPart } from '../load-part.ts';
import type { App } from './app-context.ts';
import { CARD_GAP, CARD_WIDTH, cardShape } from './canvas/card-size.ts';
import { rectsOf, type ItemId } from './canvas/places.ts';
import { cardsOf } from './canvas/shown-shapes.ts';

/** How large a thing is about. */
const USUAL: Size = { width: CARD_WIDTH, height: 220 };
type PlacingApp = Pick<App, 'document' | 'desk' | 'registry' | 'runs' | 'workspace'>;

/** The newest version of each component in the library. */
export const newestKept = (library: readonly LibraryComponent[]): LibraryComponent[] => [
  ...new Map(library.map((one) => [one.id, one])).values(),
];

/** The graph's components, and those the library adds. */
function allComponents({ document, desk }: Pick<App, 'document' | 'desk'>): Graph['components'] {
  const { components } = document.getState().graph;
  const kept = newestKept(desk.getState().library).filter(({ id }) => !components[id]);
  return {
    ...Object.fromEntries(kept.flatMap(({ id, component, needs }) => [...Object.entries(needs), [id, component]])),
    ...components,
  };
}
/** Components that can be placed, as nodes: those of the graph, then those of the library. */
export function componentNodes(app: Pick<App, 'document' | 'desk' | 'registry'>): NodeFace[] {
  const components = allComponents(app);
  const registry = registryWith(app.registry, () => components);
  const own = Object.keys(app.document.getState().graph.components) as ComponentId[];
  const kept = newestKept(app.desk.getState().library).map(({ id }) => id);
  return [...new Set([...own, ...kept])].flatMap((id) => registry.get(typeOfComponent(id)) ?? []);
}
/** Everything that can be placed. */
export const placeable = (app: Pick<App, 'document' | 'desk' | 'registry'>): NodeFace[] => [
  ...app.registry.values(),
  ...componentNodes(app),
];

export type OnBoard = Pick<App, 'document' | 'registry' | 'runs'>;
/** The nearest place at or below a point where a card of this height, or any other thing, would cover none. */
export function freePlace(app: OnBoard, at: Point, { width, height }: Size = USUAL): Point {
  const { board } = app.document.getState();
  const things = [...Object.keys(board.nodes), ...Object.keys(board.notes)] as ItemId[];
  return freeSpot(Object.values(rectsOf(board, cardsOf(app), things)), { ...at, width, height });
}
export const cardSizeOf = (definition: NodeFace): Size => ({
  width: CARD_WIDTH,
  height: cardShape({ type: definition.id, params: {} } as unknown as GraphNode, definition).height,
});

/**
 * Adds a node beside what is selected, wired to it where one takes what the other gives and nothing has to give way:
 * after it, or before it. With nothing selected, in the nearest free place to `middle`.
 */
export function placeBeside(app: PlacingApp, definition: NodeFace, middle: Point): void {
  const { document, registry, workspace } = app;
  const { board } = document.getState();
  const near = workspace.getState().selection.filter((id) => board.nodes[id]);
  const bounds = boundsOf(Object.values(rectsOf(board, cardsOf(app), near)));
  const size = cardSizeOf(definition);
  if (!bounds) return placeNode(app, definition.id, freePlace(app, middle, size));
  const NEW = 'new' as NodeId;
  const withNew = { ...board, nodes: { ...board.nodes, [NEW]: { type: definition.id } as GraphNode } };
  const takes = near.some((id) => wiresBetween(withNew, registry, id, NEW).length > 0);
  const gives = !takes && near.some((id) => wiresBetween(withNew, registry, NEW, id).length > 0);
  const at = { x: gives ? bounds.x - CARD_GAP - CARD_WIDTH : bounds.x + bounds.width + CARD_GAP, y: bounds.y };
  placeNode(app, definition.id, freePlace(app, at, size), (draft, own) => {
    for (const id of near) {
      const [from, to] = gives ? [own, id] : [id, own];
      const [wire] = wiresBetween(draft as Board, registry, from, to);
      if (wire) connect(draft, registry, wire.from, wire.to);
    }
  });
}
/** How one node could feed another without taking a wire away. */
function wiresBetween(board: Board, registry: Registry, from: NodeId, to: NodeId): Pick<Wire, 'from' | 'to'>[] {
  const definition = registry.get(board.nodes[from]?.type ?? '');
  return Object.keys(definition?.outputs ?? {}).flatMap((output) => {
    const end = { node: from, socket: output };
    const socket = fittingSocket(board, registry, end, 'output', { node: to, keepsWires: true });
    return socket === undefined ? [] : [{ from: end, to: { node: to, socket } }];
  });
}

/** A new node is what one goes on with: it is chosen, its inspector is open, and the keyboard is there. */
export function showFresh({ workspace }: Pick<App, 'workspace'>, id: NodeId): void {
  workspace.setState({ selection: [id], selectedMarks: [], selectedWires: [], panel: 'inspector', fresh: id });
}
/** Whether one goes on by writing in it, rather than on the canvas. */
export const isWritten = (definition: NodeFace | undefined): boolean =>
  Object.values(definition?.params ?? {})[0]?.kind === 'text';

/** Adds a node of a type and selects it, in one step with what else belongs to it. */
export function placeNode(
  app: PlacingApp,
  type: string,
  at: Point,
  also?: (draft: BoardDraft, id: NodeId) => void,
): void {
  const component = componentIdOf(type);
  if (component) {
    void loadPart(() => import('./place-component.ts')).then((loaded) =>
      loaded.placeComponent(app, component, at, also),
    );
    return;
  }
  const definition = app.registry.get(type);
  if (!definition) return;
  const id = app.document.edit('Add node', (draft) => {
    const added = addNode(draft, definition, at);
    also?.(draft, added);
    return added;
  });
  if (id) showFresh(app, id);
}
