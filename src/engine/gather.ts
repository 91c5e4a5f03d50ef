/** What a step is given: outputs of the steps before it, by socket, and params that a wire feeds. */
import { parseParams } from '../core/params.ts';
import type { Sentence } from '../core/say.ts';
import type { Outputs, Value } from '../core/values.ts';
import type { Source, Step } from './compile.ts';

/** What a step needs to run, or which of its required inputs was not made. */
export type Gathered =
  | {
      readonly ready: true;
      readonly params: Step['params'];
      readonly inputs: Readonly<Record<string, Value | readonly Value[]>>;
      readonly problem?: Sentence;
    }
  /** `inputs`: those that are there. */
  | {
      readonly ready: false;
      readonly params: Step['params'];
      readonly inputs: Readonly<Record<string, Value | readonly Value[]>>;
      readonly problem?: undefined;
    };

/** Collects a step's inputs from `outputs` of the steps before it; a promoted param takes its wire's value. */
export function gather(step: Step, outputs: readonly (Outputs | undefined)[]): Gathered {
  const definition = step.definition;
  if (!definition || step.inputs.length === 0) return { ready: true, params: step.params, inputs: NOTHING };
  const inputs: Record<string, Value | readonly Value[]> = {};
  let fed: Record<string, unknown> | undefined;
  let ready = true;
  for (const { socket, many, param, sources } of step.inputs) {
    if (many && !param) {
      inputs[socket] = valuesOf(sources, outputs);
      continue;
    }
    const value = firstOf(sources, outputs);
    if (param) {
      if (value) (fed ??= { ...step.params })[socket] = asParam(value);
    } else if (value) inputs[socket] = value;
    else if (!definition.inputs[socket]?.optional) ready = false;
  }
  if (!ready) return { ready, params: step.params, inputs };
  if (!fed) return { ready, params: step.params, inputs };
  const parsed = parseParams(definition.params, fed);
  const problem = parsed.problems[0]?.message;
  return { ready, params: parsed.values, inputs, ...(problem ? { problem } : {}) };
}

const NOTHING = Object.freeze({});

type Given = readonly (Outputs | undefined)[];
const valueOf = ({ step, output }: Source, outputs: Given): Value | undefined => outputs[step]?.[output];

function firstOf(sources: readonly Source[], outputs: Given): Value | undefined {
  for (const source of sources) {
    const value = valueOf(source, outputs);
    if (value) return value;
  }
  return undefined;
}

function valuesOf(sources: readonly Source[], outputs: Given): readonly Value[] {
  const values = sources.map((source) => valueOf(source, outputs));
  return values.includes(undefined) ? values.filter((value) => value !== undefined) : (values as Value[]);
}

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
