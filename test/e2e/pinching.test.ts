/** A second finger while the first one drags a card. */
import { expect, test } from 'vitest';
import { dragIntoPinch } from './fingers.ts';
import { box } from './pointer.ts';
import { browserWith, heading, node, openDevtools, openFile, page } from './stage.ts';

browserWith({ hasTouch: true });

test('a card that is dragged is put down where it is when a second finger comes', async () => {
  const nodes = {
    a: { type: 'prompt', position: { x: 0, y: 0 }, version: 1 },
    b: { type: 'grade', position: { x: 300, y: 300 }, version: 2 },
  };
  const graph = { format: 'triptych', formatVersion: 5, title: 'Fingers', nodes, wires: {} };
  await openFile('fingers.triptych.json', JSON.stringify(graph));
  await node('Grade').waitFor();
  const { x, y } = await box(heading('Grade'));
  await dragIntoPinch(await openDevtools(), heading('Grade'), { x: x + 60, y: y - 40 }, heading('Prompt'));
  await expect.poll(() => page.getByRole('button', { name: 'Undo' }).getAttribute('data-tip')).toBe('Undo: Move');
  expect(await page.locator('.react-flow__node.dragging').count()).toBe(0);
});
