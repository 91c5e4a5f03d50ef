/** What is offered after an output can really be wired to it. */
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { ValueKind } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { AFTER_KIND, AFTER_NODE, nextSteps, type NextStep } from '../../src/ui/next-steps.ts';
import { placeAfter } from '../../src/ui/place-after.ts';
import { overlap } from '../../src/graph/rect.ts';
import { rectOf } from '../../src/ui/canvas/places.ts';
import { cardsWithoutResults } from '../../src/ui/canvas/shown-shapes.ts';
import { graphOf } from '../rig/graphs.ts';

const placeable = new Map([...registry.values()].map((definition) => [definition.id, definition]));
const outputs = [...registry.values()].flatMap(({ id, outputs: all }) =>
  Object.entries(all).map(([socket, { kind }]) => ({ type: id, socket, kind })),
);
/** A board with one node, and what is on it after a step was taken from it. */
function taken({ type, socket }: (typeof outputs)[number], step: NextStep) {
  const document = createDocument();
  document.load('g1' as GraphId, graphOf({ a: type }, []), undefined);
  const workspace = createWorkspace();
  const desk = createDesk();
  placeAfter({ document, workspace, desk, registry, runs: createRuns() }, { node: 'a' as NodeId, socket }, step);
  return { board: document.getState().board, selection: workspace.getState().selection };
}

test.each(outputs)('each step after $type ($socket) is wired to it, beside it, and chosen', (output) => {
  const steps = nextSteps(output, placeable);
  expect(steps.length > 0).toBe(output.kind !== 'file');
  for (const step of steps) {
    const { board, selection } = taken(output, step);
    const [added] = Object.keys(board.nodes).filter((id) => id !== 'a') as NodeId[];
    expect(board.nodes[added!]?.type).toBe(step.type);
    expect(Object.values(board.wires).map(({ from, to }) => [from, to.node])).toEqual([
      [{ node: 'a', socket: output.socket }, added],
    ]);
    expect(selection).toEqual([added]);
    const cards = cardsWithoutResults(board, registry);
    const [before, after] = [rectOf(board, cards, 'a' as NodeId)!, rectOf(board, cards, added!)!];
    expect(after.x).toBeGreaterThan(before.x + before.width);
    expect(overlap(before, after)).toBe(false);
  }
});

test('nothing in the tables is passed over because it does not fit', () => {
  for (const [kind, steps] of Object.entries(AFTER_KIND) as [ValueKind, readonly NextStep[]][])
    expect(nextSteps({ type: 'nothing', kind }, placeable)).toEqual(steps);
  for (const [type, after] of Object.entries(AFTER_NODE)) {
    const kinds = Object.values(registry.get(type)?.outputs ?? {}).map(({ kind }) => kind);
    const offered = kinds.flatMap((kind) => nextSteps({ type, kind }, placeable).map((step) => step.type));
    expect(offered, type).toEqual(expect.arrayContaining([...after]));
  }
});

test('what follows this very node comes first, what was used lately last, and only if it fits', () => {
  const typesAfter = (type: string, kind: ValueKind, recent: readonly string[]) =>
    nextSteps({ type, kind }, placeable, recent).map((step) => step.type);
  expect(typesAfter('grade', 'image', []).slice(0, 2)).toEqual(['animate', 'grain']);
  expect(typesAfter('motion', 'motion', ['extend', 'grade', 'image'])).toEqual(['animate', 'bridge', 'film', 'extend']);
});
