/** Artifacts in memory, with real content hashes: the form of the port that needs no browser. */
import { NodeError } from '../../src/core/errors.ts';
import type { ArtifactHash, CacheKey } from '../../src/core/ids.ts';
import type { Artifacts, NodeDefinition, Registry, RunContext } from '../../src/core/node.ts';
import { randomFrom } from '../../src/core/random.ts';
import type { RunMode, TakeRecord } from '../../src/core/take.ts';
import type { DepthMap, Outputs, Raster } from '../../src/core/values.ts';
import type { Ports } from '../../src/engine/run.ts';
import type { NodeEvent, RunEvent } from '../../src/engine/events.ts';
import { clipIdentity, depthHash, fileHash, imageHash } from '../../src/media/identity.ts';
import { sketchProvider } from '../../src/providers/sketch.ts';
import { produce } from '../../src/routing/produce.ts';

export function memoryArtifacts(): Artifacts & { readonly texts: Map<ArtifactHash, string> } {
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
    async image(value) {
      const raster = images.get(value.hash);
      if (!raster) throw missing();
      const depth = value.depth && depths.get(value.depth);
      return { raster, ...(depth ? { depth } : {}) };
    },
    async clip(value) {
      const frames = clips.get(value.hash) ?? [];
      return { ...value, read: async function* () { yield* frames; } };
    },
    async text(hash) {
      return texts.get(hash) ?? '';
    },
    writeImage,
    async writeImageLike(source, picture) {
      const { depth: _, ...written } = await writeImage(picture);
      return { ...written, ...(source.depth ? { depth: source.depth } : {}) };
    },
    async writeClip(clip, onFrame) {
      const identity = await clipIdentity(clip.width, clip.height, clip.fps);
      const frames: Raster[] = [];
      for await (const frame of clip.read()) {
        identity.add(frame);
        frames.push(frame);
        await onFrame(frames.length);
      }
      const hash = await identity.hash();
      clips.set(hash, frames);
      return { kind: 'video', hash, width: clip.width, height: clip.height, fps: clip.fps, frames: frames.length };
    },
    async encode(value, options) {
      return { kind: 'file', hash: await fileHash(JSON.stringify([value.hash, options])), name: options.name, mime: 'application/octet-stream', bytes: 0, encoding: 'none' };
    },
  };
}

/** A context whose clock is the event loop. */
export function contextOver(artifacts: Artifacts, signal: AbortSignal, key = '00000001', mode: RunMode = 'delivery'): RunContext & { readonly takes: TakeRecord[] } {
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
    async produce(request) {
      const take = await produce(request, mode, [sketchProvider], ctx, () => 0);
      takes.push(take);
      return take;
    },
  };
  return ctx;
}

/** Ports that run nodes right here and remember what happened. */
export function memoryPorts(registry: Registry, artifacts: Artifacts = memoryArtifacts()): Ports & { readonly events: RunEvent[]; readonly results: Map<CacheKey, Outputs>; ran(): string[] } {
  const results = new Map<CacheKey, Outputs>();
  const events: RunEvent[] = [];
  return {
    registry,
    results,
    events,
    ran: () => events.filter((event): event is Extract<NodeEvent, { type: 'finished' }> => event.type === 'finished' && event.from === 'run').map((event) => event.node),
    lookup: (key) => results.get(key),
    keep: async (key, outputs) => void results.set(key, outputs),
    emit: (event) => void events.push(event),
    async execute(task, signal, watcher) {
      watcher.started();
      const definition = registry.get(task.parts.type) as NodeDefinition;
      const ctx = contextOver(artifacts, signal, task.key, task.mode);
      try {
        const inputs = { ...task.parts.inputs };
        for (const [name, spec] of Object.entries(definition.inputs)) if (spec.many) inputs[name] ??= [];
        const outputs = await definition.run({ inputs, params: task.parts.params as never }, ctx);
        return { ok: true, value: { outputs, takes: ctx.takes, ms: 1 } };
      } catch (thrown) {
        const { toFailure } = await import('../../src/core/errors.ts');
        return { ok: false, error: toFailure(thrown) };
      }
    },
  };
}
