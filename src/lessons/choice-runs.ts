/** Answers that can be run: what each changes in the graph, and what the run of it took. */
import { isRecord } from '../core/loose.ts';
import { say } from '../core/say.ts';
import type { NodeId } from '../core/ids.ts';
import { canonical } from '../engine/canonical.ts';
import type { SeenRun, Spent } from './evidence.ts';
import type { Ask, ChoiceChange } from './lesson.ts';
import { wrongAt, type Reads } from './reads.ts';

/** Params by node; whether the graph has them shows when they are set. */
export const changeReader: Reads<ChoiceChange> = {
  schema: { type: 'object', additionalProperties: { type: 'object' }, minProperties: 1 },
  read(value, place) {
    if (!isRecord(value) || !Object.values(value).every(isRecord))
      throw wrongAt(place, say('What an answer changes stands by node and param.'));
    return value as ChoiceChange;
  },
};

/** The first run with all of these values, of those something came out of: later ones find it in the cache. */
export const runOfChoice = (runs: readonly SeenRun[], change: ChoiceChange): SeenRun | undefined =>
  runs.find(({ graph, results }) => {
    const isSo = ([node, params]: [string, ChoiceChange[string]]) =>
      Object.entries(params).every(
        ([param, value]) => canonical(graph.nodes[node as NodeId]?.params[param] ?? null) === canonical(value),
      );
    return results.length > 0 && Object.entries(change).every(isSo);
  });

/** By question and answer, as far as they were run. */
export type ChoiceRuns = Readonly<Record<string, Readonly<Record<string, Spent>>>>;
export function choiceRuns(runs: readonly SeenRun[], asks: readonly Ask[]): ChoiceRuns {
  return Object.fromEntries(
    asks.map((ask) => {
      const options = 'options' in ask ? ask.options : [];
      const found = options.flatMap(({ id, change }) => {
        const run = change && runOfChoice(runs, change);
        return run ? [[id, run.spent] as const] : [];
      });
      return [ask.id, Object.fromEntries(found)];
    }),
  );
}
