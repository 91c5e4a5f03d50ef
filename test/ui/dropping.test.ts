/** Copies that are dragged out with Alt: what makes them is loaded first, and meanwhile a person goes on. */
import { expect, test } from 'vitest';
import type { GraphId, NodeId } from '../../src/core/ids.ts';
import { removeNodes } from '../../src/graph/edits.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { createDropping } from '../../src/ui/canvas/dropping.ts';
import type { App } from '../../src/ui/app-context.ts';
import { graphOf } from '../rig/graphs.ts';

const SEED = 's' as NodeId;
/** A graph of one seed, of which a copy was just dropped. */
function dropped() {
  const document = createDocument();
  document.load('g1' as GraphId, graphOf({ s: 'seed' }, []), undefined);
  const selected = new Promise<readonly NodeId[]>((select) => {
    const dropping = createDropping({ document, registry, workspace: { select } } as unknown as App);
    dropping.start({ altKey: true } as MouseEvent);
    dropping.drop({ [SEED]: { x: 400, y: 0 } });
  });
  return { document, selected };
}
const nodesOf = ({ getState }: ReturnType<typeof createDocument>) => Object.keys(getState().board.nodes);

test('what was dragged is copied, also where it is deleted before its copy is there', async () => {
  const { document, selected } = dropped();
  document.edit('Delete', (draft) => removeNodes(draft, [SEED]));
  const [copy] = await selected;
  expect(nodesOf(document)).toEqual([copy]);
  expect(document.getState().board.nodes[copy!]!.position).toEqual({ x: 400, y: 0 });
});

test('where another graph is opened before the copy is there, nothing is put into that one', async () => {
  const { document } = dropped();
  document.load('g2' as GraphId, graphOf({ other: 'seed' }, []), undefined);
  // The same part, asked for later, is there later; a turn, and who waited for it has gone on.
  await import('../../src/graph/fragment.ts');
  await new Promise(setImmediate);
  expect(nodesOf(document)).toEqual(['other']);
});
