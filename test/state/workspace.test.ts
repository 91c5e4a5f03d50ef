/** What the editor says. */
import { expect, test } from 'vitest';
import { say } from '../../src/core/say.ts';
import { createWorkspace } from '../../src/state/workspace.ts';

test('what is said again takes the place of what was said; the same with other advice stands beside it', () => {
  const workspace = createWorkspace();
  workspace.notify('bad', 'All takes are used.', 'Accept one.');
  workspace.notify('bad', 'Saved elsewhere.');
  workspace.notify('bad', 'All takes are used.', 'Accept one.');
  workspace.notify('bad', 'All takes are used.', 'Change a control.');
  workspace.notify('bad', say('“{0}” cannot hold itself.', 'Finish'));
  workspace.notify('bad', say('“{0}” cannot hold itself.', 'Finish'));
  const said = workspace.getState().notices.map(({ text, hint, times }) => [text, hint, times]);
  expect(said).toEqual([
    ['Saved elsewhere.', undefined, 1],
    ['All takes are used.', 'Accept one.', 2],
    ['All takes are used.', 'Change a control.', 1],
    [say('“{0}” cannot hold itself.', 'Finish'), undefined, 2],
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

test('what needs no hand goes by itself; what does, and what is so for a while, stays', () => {
  const workspace = createWorkspace();
  workspace.notify('bad', 'Not read.', 'Choose another.');
  workspace.notify('info', 'Deleted.', undefined, { label: 'Undo', act: () => {} });
  workspace.notify('info', 'Left out.', ['One.', 'Two.']);
  workspace.notify('wait', 'Large.');
  workspace.notifyUntil('bad', 'Not saved.');
  workspace.notifyUntil('info', 'All takes are used.');
  const passing = workspace.getState().notices.filter(({ passes }) => passes);
  expect(passing.map(({ text }) => text)).toEqual(['Not read.', 'All takes are used.']);
});
