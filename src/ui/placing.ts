/** Putting nodes and components on the board: from the library, the finder, a drop. */
import type { LibraryComponent } from '../graph/adopt.ts';
import { componentIdOf, typeOfComponent } from '../graph/component-type.ts';
import { registryWith } from '../graph/component.ts';
import { addNode, type BoardDraft } from '../graph/edits.ts';
import type { Graph, Point } from '../graph/graph.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import type { NodeFace } from '../core/node.ts';
import { loadPart } from '../load-part.ts';
import type { App } from './app-context.ts';
import { CARD_WIDTH } from './canvas/card-size.ts';
import { rectsOf } from './canvas/places.ts';

/** Room between cards, and how tall a new one is about. */
const GAP = 24;
const USUAL_HEIGHT = 220;

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

/** The nearest place at or below a point where a new card would cover none. */
export function freePlace({ document, registry }: Pick<App, 'document' | 'registry'>, at: Point): Point {
  const { board } = document.getState();
  const cards = Object.values(rectsOf(board, registry, Object.keys(board.nodes) as NodeId[]));
  const covers = (y: number) =>
    cards.find(
      (card) =>
        at.x < card.x + card.width + GAP &&
        at.x + CARD_WIDTH + GAP > card.x &&
        y < card.y + card.height + GAP &&
        y + USUAL_HEIGHT + GAP > card.y,
    );
  let y = at.y;
  for (let card = covers(y); card; card = covers(y)) y = card.y + card.height + GAP;
  return { x: at.x, y };
}

/** Adds a node of a type and selects it, in one step with what else belongs to it. */
export function placeNode(
  app: Pick<App, 'document' | 'desk' | 'registry' | 'workspace'>,
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
  if (id) app.workspace.select([id]);
}
