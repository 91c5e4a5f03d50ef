/**
 * What control nodes will say, before a run: they are instant and pure, so plans, prices and dry runs can be exact from
 * the start.
 */
import type { Graph } from '../graph/graph.ts';
import { NodeError } from '../core/errors.ts';
import type { CacheKey, NodeId } from '../core/ids.ts';
import type { NodeDefinition, RunContext, WholeRegistry } from '../core/node.ts';
import { said, type Sentence } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { compile, type Step } from './compile.ts';
import { gather } from './gather.ts';
import { cacheKeyOf, type Lookup } from './key.ts';
import { partsOf, type Foreseen } from './plan.ts';

const refuse = () => Promise.reject(new TypeError('A control node reads and writes nothing.'));
const artifacts: RunContext['artifacts'] = {
  image: refuse,
  clip: refuse,
  text: refuse,
  writeImage: refuse,
  writeImageLike: refuse,
  keep: refuse,
  writeClip: refuse,
  encode: refuse,
};
const CONTROL_ONLY: Omit<RunContext, 'signal'> = { progress: async () => {}, rng: () => 0, produce: refuse, artifacts };

/** `known`: outputs foreseen before; it is added to. */
export async function foresee(
  graph: Graph,
  registry: WholeRegistry,
  lookup: Lookup,
  known: Map<CacheKey, Outputs>,
  signal: AbortSignal,
): Promise<Foreseen> {
  const problems = new Map<NodeId, readonly Sentence[]>();
  const outputs: (Outputs | undefined)[] = [];
  const { steps, memory } = compile(graph, registry, undefined, lookup);
  for (const [at, step] of steps.entries()) {
    const definition = registry.get(step.definition?.id ?? '');
    const unfit = definition && whyUnfit(step, definition);
    if (unfit) problems.set(step.id, inSentences(unfit));
    if (definition?.layer !== 'control' || step.problems.length || step.needs.some((need) => !outputs[need])) continue;
    if (step.frozen) {
      outputs[at] = lookup(step.frozen);
      continue;
    }
    const gathered = gather(step, outputs);
    if (!gathered.ready || gathered.problem) continue;
    const parts = partsOf(step, gathered, undefined);
    const { key } = memory.recall(at, outputs) ?? memory.remember(at, outputs, { key: cacheKeyOf(parts), parts });
    const found = lookup(key) ?? known.get(key);
    outputs[at] =
      found ??
      (await definition
        .run({ inputs: gathered.inputs, params: gathered.params }, { ...CONTROL_ONLY, signal })
        .catch((thrown: unknown) => {
          if (thrown instanceof NodeError) problems.set(step.id, inSentences(thrown));
          return undefined;
        }));
    if (outputs[at]) known.set(key, outputs[at]);
  }
  return { outputs: known, problems };
}

/** What params that wires feed will be, nobody knows yet. */
function whyUnfit({ params, inputs, frozen, problems }: Step, definition: NodeDefinition): NodeError | undefined {
  if (!definition.check || frozen || problems.length > 0 || inputs.some(({ param }) => param)) return undefined;
  try {
    definition.check({ params, wired: new Set(inputs.map(({ socket }) => socket)) });
  } catch (thrown) {
    if (thrown instanceof NodeError) return thrown;
    throw thrown;
  }
  return undefined;
}

const inSentences = ({ said: what, hint }: NodeError): readonly Sentence[] =>
  hint === undefined ? [said(what)] : [said(what), said(hint)];
