import type { ReactFlowInstance } from '@xyflow/react';
import { expect, test } from 'vitest';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { createDocument } from '../../src/state/document.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { actionFor, actionsFor, givenKeys, withKeys } from '../../src/ui/actions.ts';
import type { App } from '../../src/ui/app-context.ts';

const flow = {} as ReactFlowInstance;
function desk() {
  const [document, workspace] = [createDocument(), createWorkspace()];
  return { document, workspace, app: { document, workspace } as unknown as App };
}

test('no two actions have the same name or the same usual key', () => {
  const { app, document } = desk();
  document.load('g' as GraphId, emptyGraph('One'), undefined);
  const actions = actionsFor(app, flow);
  for (const all of [actions.map(({ name }) => name), actions.flatMap(({ keys }) => keys)])
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
});

test('the other sides of a graph can be gone to only while one is open', () => {
  const { app, document } = desk();
  const ids = () => actionsFor(app, flow).map(({ id }) => id);
  expect(ids()).not.toContain('review');
  document.load('g' as GraphId, emptyGraph('One'), undefined);
  expect(ids()).toContain('review');
});

test('keys that were given hang on the id; those an earlier release stored under the name still hold, until others are given', () => {
  const { app, workspace } = desk();
  const keysOf = () => actionFor(app, flow, 'mute').keys;
  const usual = keysOf();
  const action = actionFor(app, flow, 'mute');
  workspace.setView({ keys: { [action.name]: ['x'] } });
  expect(keysOf()).toEqual(['x']);
  workspace.setView({ keys: withKeys(workspace.getState().view.keys, action, ['y']) });
  expect(workspace.getState().view.keys).toEqual({ mute: ['y'] });
  expect(givenKeys(workspace.getState().view.keys, action)).toEqual(['y']);
  workspace.setView({ keys: withKeys({ ...workspace.getState().view.keys, [action.name]: ['x'] }, action) });
  expect(keysOf()).toEqual(usual);
});
