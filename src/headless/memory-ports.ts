/** Artifacts in memory, with real content hashes: the form of the port that needs no browser. */
import { NodeError, ok, toFailure } from '../core/errors.ts';
import {
  newId,
  type ArtifactHash,
  type CacheKey,
  type GraphId,
  type NodeId,
  type RunId,
  type TakeId,
} from '../core/ids.ts';
import type { Artifacts, NodeDefinition, Registry, RunContext } from '../core/node.ts';
import { randomFrom } from '../core/random.ts';
import type { TakeRecord } from '../core/take.ts';
import type { DepthMap, Raster } from '../core/values.ts';
import { Results } from '../engine/results.ts';
import type { Ports } from '../engine/run.ts';
import type { NodeEvent, RunEvent } from '../engine/events.ts';
import { clipIdentity, depthHash, derivedClipHash, fileHash, imageHash } from '../media/identity.ts';
import { measureArtifact } from '../measure/artifact.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { ALWAYS_READY } from '../routing/readiness.ts';
import { EMPTY_CATALOG } from '../routing/catalog.ts';
import { dispatcher, type TakePlan, type RouteContext } from '../routing/take-plan.ts';
import { HOUSE } from '../routing/house.ts';
import { NO_OVERRIDES } from '../routing/prices.ts';
import { produce, type TakePorts } from '../routing/produce.ts';

/** `forgetAllBut`: everything else is gone afterwards, for work whose results are not asked for again. */
interface MemoryArtifacts extends Artifacts {
  readonly texts: Map<ArtifactHash, string>;
  forgetAllBut(kept: ReadonlySet<ArtifactHash>): void;
}

export function memoryArtifacts(): MemoryArtifacts {
  const images = new Map<ArtifactHash, Raster>();
  const depths = new Map<ArtifactHash, DepthMap>();
  const clips = new Map<ArtifactHash, readonly Raster[]>();
  const texts = new Map<ArtifactHash, string>();
  const missing = () => new NodeError('bad-input', 'Not stored.');
  const writeImage: Artifacts['writeImage'] = async ({ raster, depth }) => {
    const hash = await imageHash(raster);
    images.set(hash, raster);
    if (!depth) return { kind: 'image', hash, width: raster.width, height: raster.height };
    const depthKey = await depthHash(depth);
    depths.set(depthKey, depth);
    return { kind: 'image', hash, width: raster.width, height: raster.height, depth: depthKey };
  };
  return {
    texts,
    forgetAllBut(kept) {
      for (const known of [images, depths, clips])
        for (const hash of known.keys()) if (!kept.has(hash)) known.delete(hash);
    },
    async image(value) {
      const raster = images.get(value.hash);
      if (!raster) throw missing();
      const depth = value.depth && depths.get(value.depth);
      return { raster, ...(depth ? { depth } : {}) };
    },
    async clip(value) {
      const frames = clips.get(value.hash) ?? [];
      return {
        ...value,
        read: async function* () {
          yield* frames;
        },
      };
    },
    async text(hash) {
      return texts.get(hash) ?? '';
    },
    writeImage,
    async writeImageLike(source, picture) {
      const { depth: _, ...written } = await writeImage(picture);
      return { ...written, ...(source.depth ? { depth: source.depth } : {}) };
    },
    async keep() {
      throw new NodeError('unsupported', 'What a service made cannot be kept here.');
    },
    async writeClip(clip, onFrame) {
      const identity = await clipIdentity(clip.width, clip.height, clip.fps);
      const frames: Raster[] = [];
      for await (const frame of clip.read()) {
        identity.add(frame);
        frames.push(frame);
        await onFrame(frames.length);
      }
      const hash = clip.recipe ? await derivedClipHash(clip.recipe) : await identity.hash();
      clips.set(hash, frames);
      return { kind: 'video', hash, width: clip.width, height: clip.height, fps: clip.fps, frames: frames.length };
    },
    async encode(value, options) {
      return {
        kind: 'file',
        hash: await fileHash(JSON.stringify([value.hash, options])),
        name: options.name,
        mime: 'application/octet-stream',
        bytes: 0,
        encoding: 'none',
      };
    },
  };
}

/** What `ctx.produce` would do for a node with these arguments, by the House table and the built-in engine alone. */
export function takePlanFor(
  definition: NodeDefinition,
  given: Parameters<NodeDefinition['run']>[0],
  routeContext: Partial<RouteContext> = {},
): TakePlan {
  const dispatch = dispatcher({ ...ROUTE_CONTEXT, ...routeContext });
  return dispatch('n1' as NodeId, definition, given as never)!.takePlan;
}
const ROUTE_CONTEXT: RouteContext = {
  table: HOUSE,
  market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: ALWAYS_READY },
  mode: 'delivery',
  graphId: 'g1' as GraphId,
  runId: 'r1' as RunId,
  nodes: {},
  takesOf: () => [],
};

/** A context whose clock is the event loop. Generation nodes need a take plan. */
export function contextOver(
  artifacts: Artifacts,
  signal: AbortSignal,
  {
    key = '00000001',
    takePlan,
    ports = {},
  }: { key?: string; takePlan?: TakePlan | undefined; ports?: Partial<TakePorts> } = {},
): RunContext & { readonly takes: TakeRecord[] } {
  const takes: TakeRecord[] = [];
  const ctx: RunContext & { readonly takes: TakeRecord[] } = {
    takes,
    signal,
    artifacts,
    rng: randomFrom(Number.parseInt(key.slice(0, 8), 16)),
    async progress() {
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal.throwIfAborted();
    },
    async produce() {
      return produce(takePlan!, {
        ctx,
        provider: (id) => PROVIDERS.get(id),
        now: () => 0,
        newId: () => newId<TakeId>('t'),
        queuedMs: 0,
        wait: async () => {},
        reserve: async (amount) => ok({ id: '', amount }),
        settle: async () => {},
        isStored: async () => true,
        measure: (artifact) => measureArtifact(artifact, takePlan!.request.acceptance!, artifacts),
        keyOf: (number) => `${key}${number}` as CacheKey,
        record: async (take) => void takes.push(take),
        ...ports,
      });
    },
  };
  return ctx;
}

/** Ports that run nodes right here and remember what happened. */
export function memoryPorts(
  registry: Registry,
  artifacts: Artifacts = memoryArtifacts(),
  routeContext: Partial<RouteContext> = {},
): Ports & { readonly events: RunEvent[]; readonly results: Results; ran(): string[] } {
  const results = new Results();
  const events: RunEvent[] = [];
  return {
    registry,
    results,
    events,
    ran: () =>
      events
        .filter(
          (event): event is Extract<NodeEvent, { type: 'finished' }> =>
            event.type === 'finished' && event.from === 'run',
        )
        .map((event) => event.node),
    lookup: (key) => results.get(key),
    edition: () => results.edition,
    dispatch: dispatcher({ ...ROUTE_CONTEXT, ...routeContext }),
    keep: (key, outputs) => void results.set(key, outputs),
    emit: (event) => void events.push(event),
    async execute(task, signal, watcher) {
      watcher.started();
      const definition = registry.get(task.parts.type) as NodeDefinition;
      const ctx = contextOver(artifacts, signal, { key: task.key, takePlan: task.takePlan as TakePlan | undefined });
      try {
        const inputs = { ...task.parts.inputs };
        for (const [name, spec] of Object.entries(definition.inputs)) if (spec.many) inputs[name] ??= [];
        const outputs = await definition.run({ inputs, params: task.parts.params as never }, ctx);
        return { ok: true, value: { outputs, ms: 1 } };
      } catch (thrown) {
        return { ok: false, error: toFailure(thrown) };
      }
    },
  };
}
