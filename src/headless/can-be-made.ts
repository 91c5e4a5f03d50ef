/**
 * What of a graph a command can make, known before anything is paid: clips that are drawn here cannot be encoded, clips
 * from services cannot be opened, files that did not come along are not there, and for some takes nobody can be asked. What
 * leads to nothing else is left out.
 */
import type { NodeError } from '../core/errors.ts';
import type { ArtifactHash, NodeId } from '../core/ids.ts';
import type { Plan } from '../engine/plan.ts';
import { downstreamOf, endsOf, upstreamOf } from '../graph/ends.ts';
import type { Graph } from '../graph/graph.ts';
import { isFile } from '../graph/imported-files.ts';
import { filmFor, shotsOf } from '../graph/shots.ts';
import { stoppedAt } from '../ledger/forecast.ts';
import { registry } from '../registry.ts';
import { BUILT_IN } from '../routing/catalog.ts';
import { stepOf } from '../routing/attempts.ts';
import { whyNobody } from '../routing/produce.ts';
import type { Considered } from '../routing/resolve.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { notDecoded, notDelivered, notHere, notMeasured, notSent } from './takes-a-browser.ts';

export interface CanBeMade {
  /** Nodes that would fail, and why. */
  readonly refused: ReadonlyMap<NodeId, NodeError>;
  /** What a run is asked for; missing where it is all of the graph. */
  readonly targets?: readonly NodeId[];
  /** Nodes that make takes, and are not asked for one. */
  readonly leftOut: readonly NodeId[];
}

/** A clip: drawn here as frames, or a file as a service gave it. */
type Clip = 'drawn' | 'as it came';

export interface AskedOfCommand {
  /** The clips of its film are wanted as files, too. */
  readonly handsOff: boolean;
  /** Whether what came inside the graph's file is there. */
  isStored(hash: ArtifactHash): boolean;
}

/** `flat`: the graph that was planned. */
export function canBeMade(flat: Graph, plan: Plan<TakePlan>, { handsOff, isStored }: AskedOfCommand): CanBeMade {
  const { nodes, dispatched } = plan;
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

  /** A picture that is wired goes before one that was chosen. */
  function lacksFile(id: NodeId): boolean {
    const { params = {} } = faceOf(id) ?? {};
    const isWired = Object.values(flat.wires).some(
      ({ from, to }) => to.node === id && faceOf(from.node)?.outputs[from.socket]?.kind === 'image',
    );
    return Object.entries(params).some(([name, spec]) => {
      const value = flat.nodes[id]?.params[name];
      const isNeeded = spec.kind === 'file' && !(spec.accept === 'image' && isWired);
      return isNeeded && isFile(value) && !isStored(value.hash);
    });
  }

  function refusalOf(id: NodeId): NodeError | undefined {
    const face = faceOf(id);
    if (!face || !isAtWork(id)) return undefined;
    if (lacksFile(id)) return notHere();
    if (face.waitsForVerdict) return undefined;
    const clips = incoming(id);
    if ('file' in face.outputs) return clips.includes('drawn') ? notDelivered() : undefined;
    if (clips.includes('as it came')) return notDecoded();
    const takePlan = dispatched[id]?.takePlan;
    if (takePlan && isNobodys(plan, id)) return whyNobody(takePlan);
    const candidate = candidateOf(takePlan);
    if (!candidate || isBuiltIn(candidate)) return undefined;
    if (candidate.fit?.sends.tailFrames && clips.includes('drawn')) return notSent();
    return face.outputs['video'] && takePlan?.request.acceptance?.criteria.length ? notMeasured() : undefined;
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

/** It has to be made, now or after a verdict, and nobody can be asked. */
const isNobodys = (plan: Plan<TakePlan>, id: NodeId): boolean =>
  stoppedAt(plan, id) === 'nobody' ||
  (plan.nodes[id]?.state === 'later' && !candidateOf(plan.dispatched[id]?.takePlan));

const candidateOf = (takePlan: TakePlan | undefined): Considered | undefined =>
  takePlan && stepOf(takePlan.number, takePlan.request.seed, takePlan.resolution)?.candidate;
const isBuiltIn = ({ provider }: Considered): boolean => provider === BUILT_IN.provider;
