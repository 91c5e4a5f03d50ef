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

test('news pushes out older news, and never trouble or what offers something', () => {
  const workspace = createWorkspace();
  const said = () => workspace.getState().notices.map(({ text }) => text);
  workspace.notify('bad', 'Not saved.');
  workspace.notify('info', 'Interrupted.', undefined, { label: 'Resume', act: () => {} });
  for (let nth = 1; nth <= 6; nth++) workspace.notify('info', `News ${nth}`);
  expect(said()).toEqual(['Not saved.', 'Interrupted.', 'News 3', 'News 4', 'News 5', 'News 6']);
  const takeOff = workspace.notifyUntil('bad', 'Not there yet.');
  expect(said().at(-1)).toBe('Not there yet.');
  takeOff();
  expect(said()).not.toContain('Not there yet.');
  for (let nth = 1; nth <= 20; nth++) workspace.notify('bad', `Trouble ${nth}`);
  expect(said()).toHaveLength(12);
  expect(said().at(-1)).toBe('Trouble 20');
});
