/** Makes one chain of what is selected; clips or pictures that cannot feed each other become one film, or one sheet. */
import { inputsOf, whyNotConnect } from '../graph/connect.ts';
import { connect } from '../graph/edits.ts';
import type { WireEnd } from '../graph/graph.ts';
import { boundsOf } from '../graph/rect.ts';
import type { NodeId } from '../core/ids.ts';
import type { App } from './app-context.ts';
import { CARD_GAP } from './canvas/card-size.ts';
import { rectsOf } from './canvas/places.ts';
import { cardsOf } from './canvas/shown-shapes.ts';
import { cardSizeOf, freePlace, placeNode } from './placing.ts';
import { t } from '../words/t.ts';

type JoiningApp = Pick<App, 'document' | 'desk' | 'registry' | 'runs' | 'workspace'>;

/** Read from left to right: each free input takes what fits from the nearest of them before it. */
export function joinSelected(app: JoiningApp): void {
  const { document, workspace } = app;
  const { board } = document.getState();
  const placeOf = (id: NodeId) => board.nodes[id]!.position;
  const row = workspace
    .getState()
    .selection.filter((id) => board.nodes[id])
    .toSorted((a, b) => placeOf(a).x - placeOf(b).x || placeOf(a).y - placeOf(b).y);
  if (row.length < 2) return workspace.notify('info', t('Select the nodes to be joined, then press C.'));
  if (joinedInRow(app, row) || collected(app, row, 'video', 'stitch') || collected(app, row, 'image', 'contact-sheet'))
    return;
  workspace.notify('info', t('Nothing among the selected nodes fits where an input is free.'));
}

function joinedInRow({ document, registry }: JoiningApp, row: readonly NodeId[]): boolean {
  const made = document.edit('Join in a row', (draft) => {
    const fed = new Set(Object.values(draft.wires).map(({ to }) => `${to.node} ${to.socket}`));
    const ends = row.map((node) =>
      Object.keys(registry.get(draft.nodes[node]!.type)?.outputs ?? {}).map((socket): WireEnd => ({ node, socket })),
    );
    const free = row.map((node) => {
      const definition = registry.get(draft.nodes[node]!.type);
      return (definition ? Object.keys(inputsOf(definition, draft.nodes[node]!)) : [])
        .filter((socket) => !fed.has(`${node} ${socket}`))
        .map((socket): WireEnd => ({ node, socket }));
    });
    const joined = free.flatMap((inputs, at) => {
      const before = ends.slice(0, at).reverse().flat();
      return inputs.filter((to) => {
        const from = before.find((end) => whyNotConnect(draft, registry, end, to) === undefined);
        return from && connect(draft, registry, from, to);
      });
    });
    return joined.length;
  });
  return Boolean(made);
}

/** Where each of them gives such a value: all of them feed one new node, to their right, in their order. */
function collected(app: JoiningApp, row: readonly NodeId[], kind: 'image' | 'video', type: string): boolean {
  const { document, registry } = app;
  const { board } = document.getState();
  const ends = row.flatMap((node): WireEnd[] => {
    const outputs = Object.entries(registry.get(board.nodes[node]!.type)?.outputs ?? {});
    const socket = outputs.find(([, output]) => output.kind === kind)?.[0];
    return socket === undefined ? [] : [{ node, socket }];
  });
  const definition = registry.get(type);
  const input = Object.entries(definition?.inputs ?? {}).find(([, spec]) => spec.kind === kind && spec.many)?.[0];
  const bounds = boundsOf(Object.values(rectsOf(board, cardsOf(app), row)));
  if (ends.length < row.length || !definition || input === undefined || !bounds) return false;
  const at = freePlace(app, { x: bounds.x + bounds.width + CARD_GAP, y: bounds.y }, cardSizeOf(definition));
  placeNode(app, type, at, (draft, own) => {
    for (const end of ends) connect(draft, registry, end, { node: own, socket: input });
  });
  return true;
}
