/** The lesson on seeds: done in two correct ways, and refused for wrong graphs. */
import { describe, expect, test } from 'vitest';
import { allPassed as passedOf, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('seeds');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'twice');
const seed = (value: number, mode = 'fixed') => ({ seed: { seed: { mode, value } } });
const words = (light: string) => ({ prompt: { text: `a lighthouse on a rocky coast, ${light}, clouds, sea` } });
const allPassed = (id: string) => passedOf(step(id));

test('done by hand, in full size: one number after the other, then a word', async () => {
  const learns = await learner('delivery');
  await learns.run(start);
  await learns.run(start);
  learns.answers['why'] = 'fixed';
  expect(await learns.checks(step('twice'))).toEqual(allPassed('twice'));
  await learns.run(changed(start, seed(8)));
  await learns.accept(await learns.run(changed(start, seed(9))));
  learns.answers['chosen'] = 'light';
  expect(await learns.checks(step('three'))).toEqual(allPassed('three'));
  await learns.run(changed(start, words('dusk')));
  expect(await learns.checks(step('word'))).toEqual(allPassed('word'));
  await learns.replay();
  expect(await learns.checks(step('replay'))).toEqual(allPassed('replay'));

  const task = await learner();
  const given = startOfStep(lesson, 'red');
  await task.run(given);
  await task.run(changed(given, { guidance: { scale: 7 } }));
  task.answers['which'] = 'word';
  expect(await task.checks(step('red'))).toEqual(allPassed('red'));
});

test('done another way: three pictures side by side in one graph of other names, and the word taken back', async () => {
  const learns = await learner();
  const named = (id: string, at: number) => ({ ...start.nodes[id as keyof typeof start.nodes]!, title: `${at}` });
  const wide = {
    ...start,
    nodes: {
      ...start.nodes,
      ...Object.fromEntries(
        [21, 22].flatMap((value) => [
          [`x${value}`, { ...named('seed', value), params: seed(value).seed }],
          [`y${value}`, named('image', value)],
        ]),
      ),
    },
    wires: {
      ...start.wires,
      ...Object.fromEntries(
        [21, 22].flatMap((value) =>
          ['prompt', 'aspect', 'guidance', 'seed'].map((socket, at) => [
            `v${value}${at}`,
            {
              from: { node: socket === 'seed' ? `x${value}` : socket, socket },
              to: { node: `y${value}`, socket },
              order: at,
            },
          ]),
        ),
      ),
    },
  } as typeof start;
  await learns.run(wide);
  await learns.run(wide);
  learns.answers['why'] = 'fixed';
  learns.answers['chosen'] = 'composition';
  await learns.accept((await learns.takes()).slice(1, 2));
  expect(await learns.checks(step('twice'))).toEqual(allPassed('twice'));
  expect(await learns.checks(step('three'))).toEqual(allPassed('three'));
  await learns.run(changed(wide, words('morning mist')));
  expect(await learns.checks(step('word'))).toEqual(allPassed('word'));
  await learns.replay();
  expect(await learns.checks(step('replay'))).toEqual(allPassed('replay'));

  const task = await learner();
  const given = startOfStep(lesson, 'red');
  await task.run(given);
  await task.run(changed(given, words('afternoon')));
  await task.run(changed(given, { ...words('afternoon'), guidance: { scale: 7 } }));
  task.answers['which'] = 'word';
  expect(await task.checks(step('red'))).toEqual(allPassed('red'));
});

describe('does not pass', () => {
  test('all three accepted, so that none is chosen', async () => {
    const learns = await learner();
    learns.answers['chosen'] = 'light';
    for (const value of [7, 8, 9]) await learns.accept(await learns.run(changed(start, seed(value))));
    expect((await learns.checks(step('three')))['one']).toContain('3 accepted | at most 1 accepted');
  });
  test('a comma for a word: the picture stays what it was', async () => {
    const learns = await learner();
    await learns.run(start);
    const { text } = start.nodes['prompt' as never]!['params'] as { readonly text: string };
    await learns.run(changed(start, { prompt: { text: `${text} ,` } }));
    expect((await learns.checks(step('word')))['comparable']).toContain('the same picture');
  });
  test('a seed that moves by itself, although the second run is cached', async () => {
    const learns = await learner();
    const random = changed(start, seed(7, 'random'));
    await learns.run(random);
    await learns.run(random);
    expect((await learns.checks(step('twice')))['same']).toContain('a seed that moves by itself');
  });
  test('one run alone, and the wrong reason', async () => {
    const learns = await learner();
    await learns.run(start);
    learns.answers['why'] = 'luck';
    expect(Object.values(await learns.checks(step('twice')))).toEqual([
      'one run alone | two runs',
      expect.stringContaining('1 answer of 1 not so'),
    ]);
  });
  test('three takes of one seed', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(start, { guidance: { scale: 8 } }));
    await learns.run(changed(start, { guidance: { scale: 9 } }));
    expect((await learns.checks(step('three')))['three']).toBe(
      'seed 7, 7, 7; guidance 7, 8, 9 | a different seed in each; everything else the same',
    );
  });
  test('seeds and words changed together', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(start, { ...seed(8), ...words('dusk') }));
    await learns.run(changed(start, { ...seed(9), ...words('night') }));
    expect((await learns.checks(step('three')))['three']).toContain('prompt a lighthouse');
    expect((await learns.checks(step('word')))['comparable']).toContain('seed 8, 9');
  });
  test('three seeds, and none accepted', async () => {
    const learns = await learner();
    for (const value of [7, 8, 9]) await learns.run(changed(start, seed(value)));
    expect(await learns.checks(step('three'))).toEqual({ three: 'passed', one: expect.stringContaining('0 accepted') });
  });
  test('another subject in place of one word', async () => {
    const learns = await learner();
    for (const value of [7, 8]) await learns.run(changed(start, seed(value)));
    await learns.run(changed(start, { prompt: { text: 'a lone tree in a meadow, afternoon' } }));
    expect((await learns.checks(step('word')))['kept']).toContain('closer than any of the others');
  });
  test('no replay', async () => {
    const learns = await learner();
    await learns.run(start);
    expect((await learns.checks(step('replay')))['identical']).toContain('no replay yet');
  });
  test('the right answer without a comparison, after both changes at once, or after a fourth take', async () => {
    const given = startOfStep(lesson, 'red');
    const guessing = await learner();
    guessing.answers['which'] = 'word';
    await guessing.run(given);
    expect((await guessing.checks(step('red')))['apart']).not.toBe('passed');
    await guessing.run(changed(given, { ...words('afternoon'), guidance: { scale: 7 } }));
    expect((await guessing.checks(step('red')))['apart']).toContain('one change alone');
    await guessing.run(changed(given, { guidance: { scale: 9 } }));
    await guessing.run(changed(given, { guidance: { scale: 7 } }));
    expect((await guessing.checks(step('red')))['apart']).toContain('4 takes made');
  });
});
