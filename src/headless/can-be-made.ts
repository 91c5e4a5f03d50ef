/**
 * What of a graph a command can make, known before anything is paid: clips that are drawn here cannot be encoded, and clips
 * from services cannot be opened. What leads to nothing else is left out.
 */
import type { NodeError } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import type { Plan } from '../engine/plan.ts';
import { downstreamOf, endsOf, upstreamOf } from '../graph/ends.ts';
import type { Graph } from '../graph/graph.ts';
import { filmFor, shotsOf } from '../graph/shots.ts';
import { registry } from '../registry.ts';
import { BUILT_IN } from '../routing/catalog.ts';
import { stepOf } from '../routing/attempts.ts';
import type { Considered } from '../routing/resolve.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { notDecoded, notDelivered, notSent } from './takes-a-browser.ts';

export interface CanBeMade {
  /** Nodes that would fail for want of a browser, and why. */
  readonly refused: ReadonlyMap<NodeId, NodeError>;
  /** What a run is asked for; missing where it is all of the graph. */
  readonly targets?: readonly NodeId[];
  /** Nodes that make takes, and are not asked for one. */
  readonly leftOut: readonly NodeId[];
}

/** A clip: drawn here as frames, or a file as a service gave it. */
type Clip = 'drawn' | 'as it came';

/** `flat`: the graph that was planned. `handsOff`: the clips of its film are wanted as files, too. */
export function canBeMade(flat: Graph, { nodes, dispatched }: Plan<TakePlan>, handsOff: boolean): CanBeMade {
  const faceOf = (id: NodeId) => registry.get(flat.nodes[id]?.type ?? '');
  const isAtWork = (id: NodeId) => !['muted', 'blocked', 'cached'].includes(nodes[id]?.state ?? 'blocked');
  const incoming = (id: NodeId) =>
    Object.values(flat.wires)
      .filter(({ from, to }) => to.node === id && faceOf(from.node)?.outputs[from.socket]?.kind === 'video')
      .flatMap(({ from }) => clipFrom(from.node) ?? []);

  const known = new Map<NodeId, Clip | undefined>();
  /** Nothing where it is not known: then it is left to the run. */
  function clipFrom(id: NodeId): Clip | undefined {
    if (known.has(id)) return known.get(id);
    known.set(id, undefined);
    const candidate = candidateOf(dispatched[id]?.takePlan);
    const made = candidate ? (isBuiltIn(candidate) ? 'drawn' : 'as it came') : incoming(id)[0];
    known.set(id, made);
    return made;
  }

  function refusalOf(id: NodeId): NodeError | undefined {
    const face = faceOf(id);
    if (!face || !isAtWork(id) || face.waitsForVerdict) return undefined;
    const clips = incoming(id);
    if ('file' in face.outputs) return clips.includes('drawn') ? notDelivered() : undefined;
    if (clips.includes('as it came')) return notDecoded();
    const candidate = candidateOf(dispatched[id]?.takePlan);
    const isSent = candidate && !isBuiltIn(candidate) && candidate.fit?.sends.tailFrames;
    return isSent && clips.includes('drawn') ? notSent() : undefined;
  }

  const all = Object.keys(flat.nodes) as NodeId[];
  const refused = new Map(
    all.flatMap((id): [NodeId, NodeError][] => {
      const error = refusalOf(id);
      return error ? [[id, error]] : [];
    }),
  );
  const ends = endsOf(flat, registry);
  for (const id of ends) {
    const isClip = faceOf(id)?.outputs['video'] && !refused.has(id) && isAtWork(id) && clipFrom(id) === 'drawn';
    if (isClip) refused.set(id, notDelivered());
  }
  if (refused.size === 0) return { refused, leftOut: [] };

  const lost = new Set(downstreamOf(flat, [...refused.keys()]));
  const film = handsOff ? filmFor(flat, registry, undefined) : undefined;
  const shots = film ? shotsOf(flat, registry, film).map(({ node }) => node) : [];
  const targets = [...new Set([...ends, ...shots])].filter((id) => !lost.has(id));
  const kept = new Set(targets.flatMap((id) => [...upstreamOf(flat, id)]));
  return { refused, targets, leftOut: all.filter((id) => faceOf(id)?.request && isAtWork(id) && !kept.has(id)) };
}

const candidateOf = (takePlan: TakePlan | undefined): Considered | undefined =>
  takePlan && stepOf(takePlan.number, takePlan.request.seed, takePlan.resolution)?.candidate;
const isBuiltIn = ({ provider }: Considered): boolean => provider === BUILT_IN.provider;
