/** What a step is given: outputs of the steps before it, by socket, and params that a wire feeds. */
import { parseParams } from '../core/params.ts';
import type { Sentence } from '../core/say.ts';
import type { Outputs, Value } from '../core/values.ts';
import type { Step } from './compile.ts';

/** What a step needs to run, or which of its required inputs was not made. */
export type Gathered =
  | { readonly ready: true; readonly params: Step['params']; readonly inputs: Readonly<Record<string, Value | readonly Value[]>>; readonly problem?: Sentence }
  /** `inputs`: those that are there. */
  | { readonly ready: false; readonly params: Step['params']; readonly inputs: Readonly<Record<string, Value | readonly Value[]>>; readonly problem?: undefined };

/** Collects a step's inputs from `outputs` of the steps before it; a promoted param takes its wire's value. */
export function gather(step: Step, outputs: readonly (Outputs | undefined)[]): Gathered {
  const definition = step.definition;
  if (!definition || step.inputs.length === 0) return { ready: true, params: step.params, inputs: NOTHING };
  const inputs: Record<string, Value | readonly Value[]> = {};
  let fed: Record<string, unknown> | undefined;
  let ready = true;
  for (const input of step.inputs) {
    const values: Value[] = [];
    for (const source of input.sources) {
      const value = outputs[source.step]?.[source.output];
      if (value) values.push(value);
    }
    if (input.param) {
      if (values[0]) (fed ??= { ...step.params })[input.socket] = asParam(values[0]);
    } else if (input.many) inputs[input.socket] = values;
    else if (values[0]) inputs[input.socket] = values[0];
    else if (!definition.inputs[input.socket]?.optional) ready = false;
  }
  if (!ready) return { ready, params: step.params, inputs };
  if (!fed) return { ready, params: step.params, inputs };
  const parsed = parseParams(definition.params, fed);
  const problem = parsed.problems[0]?.message;
  return { ready, params: parsed.values, inputs, ...(problem ? { problem } : {}) };
}

const NOTHING = Object.freeze({});

function asParam(value: Value): unknown {
  switch (value.kind) {
    case 'number':
      return value.number;
    case 'text':
      return value.text;
    case 'seed':
      return { mode: 'fixed', value: value.seed };
    default:
      return undefined;
  }
}
