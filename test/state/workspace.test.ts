/** What the editor says. */
import { expect, test } from 'vitest';
import { createWorkspace } from '../../src/state/workspace.ts';

test('what is said again takes the place of what was said; the same with other advice stands beside it', () => {
  const workspace = createWorkspace();
  workspace.notify('bad', 'All takes are used.', 'Accept one.');
  workspace.notify('bad', 'Saved elsewhere.');
  workspace.notify('bad', 'All takes are used.', 'Accept one.');
  workspace.notify('bad', 'All takes are used.', 'Change a control.');
  const said = workspace.getState().notices.map(({ text, hint }) => [text, hint]);
  expect(said).toEqual([
    ['Saved elsewhere.', undefined],
    ['All takes are used.', 'Accept one.'],
    ['All takes are used.', 'Change a control.'],
  ]);
});
