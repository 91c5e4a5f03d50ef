/** Whom a node asks next, and what that model makes of its inputs. */
import { useMemo } from 'react';
import type { NodeId } from '../core/ids.ts';
import { BUILT_IN } from '../routing/catalog.ts';
import type { FitNote } from '../routing/model-fit.ts';
import { inputLimits, type InputLimit } from '../routing/model-inputs.ts';
import type { Considered } from '../routing/resolve.ts';
import { nextOf, type TakePlan } from '../routing/take-plan.ts';
import { useApp, useFact } from './app-context.ts';

/** Where nobody is left to be asked, who was asked first. */
export function candidateNext(takePlan: TakePlan): Considered | undefined {
  const attempt = nextOf(takePlan);
  return attempt.kind === 'make' ? attempt.step.candidate : takePlan.resolution.usable[0];
}

export interface MadeOfInputs {
  /** What is not as it was asked for. */
  readonly notes: readonly FitNote[];
  /** What holds whatever is asked; nothing of inputs that a note is about already, unless it says what can be asked. */
  readonly limits: readonly InputLimit[];
}
const NOTHING: MadeOfInputs = { notes: [], limits: [] };

/** `flat`: the id under which plans know the node. */
export function useMadeOfInputs(flat: NodeId): MadeOfInputs {
  const { runs, desk } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan);
  const catalog = useFact(desk, (state) => state.catalog);
  return useMemo(() => {
    const next = takePlan && candidateNext(takePlan);
    if (!takePlan || !next) return NOTHING;
    const notes = next.fit?.notes ?? [];
    const model = next.provider === BUILT_IN.provider ? undefined : catalog.find(next)?.model;
    const all = model ? inputLimits(model, takePlan.request.work) : [];
    const limits = all.filter(({ input, isUnused }) => !isUnused || !notes.some((note) => note.input === input));
    return { notes, limits };
  }, [takePlan, catalog]);
}
