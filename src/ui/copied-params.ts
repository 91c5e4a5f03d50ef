/** Params on their way from one node to others, also in another graph or tab. */
import { setParam } from '../graph/edits.ts';
import { copiedParams, pastedParams } from '../graph/shared-params.ts';
import type { NodeId } from '../core/ids.ts';
import { remember, remembered } from '../state/remembered.ts';
import type { App } from './app-context.ts';
import { titleOf } from './connections.ts';
import { t } from '../words/t.ts';

const KEY = 'triptych-copied-params';
const read = (stored: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof stored === 'object' && stored !== null && !Array.isArray(stored)
    ? (stored as Readonly<Record<string, unknown>>)
    : undefined;

export function copyParams({ document, registry, workspace }: App, [id]: readonly NodeId[]): void {
  const { board } = document.getState();
  if (!id || !board.nodes[id]) return workspace.notify('info', t('Select the node whose params are to be copied.'));
  remember(KEY, copiedParams(board, registry, id));
  workspace.notify('info', t('The params of “{0}” are copied.', titleOf(board, registry, id)));
}

export function pasteParams({ document, registry, workspace }: App, nodes: readonly NodeId[]): void {
  const copied = remembered(KEY, read);
  if (!copied) return workspace.notify('info', t('No params were copied yet.'));
  const { board } = document.getState();
  const changes = nodes.flatMap((id) =>
    Object.entries(pastedParams(board, registry, id, copied)).map(([name, value]) => ({ id, name, value })),
  );
  if (changes.length === 0)
    return workspace.notify('info', t('None of the copied params would change the selected nodes.'));
  document.edit('Paste params', (draft) => changes.forEach(({ id, name, value }) => setParam(draft, id, name, value)));
}
