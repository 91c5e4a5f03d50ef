/** Pictures, clips and texts in memory, with real content hashes: the form of the port that needs no browser. */
import { imageSize } from 'image-size';
import { NodeError } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Artifacts } from '../core/node.ts';
import { soundOfFile } from '../core/sound.ts';
import type { Picture } from '../core/take.ts';
import { recipeFor, type ClipEnds, type DepthMap, type ImageValue, type Raster } from '../core/values.ts';
import { bytesHash, clipIdentity, depthHash, derivedClipHash, imageHash } from '../media/identity.ts';
import { notDecoded } from './takes-a-browser.ts';

/** Encoding is left to whoever knows an encoder. */
/** A file as a service gave it. */
export interface KeptFile {
  readonly bytes: Uint8Array;
  readonly mime: string;
}
export interface MemoryArtifacts extends Omit<Artifacts, 'encode'> {
  /** What came from services and is not decoded here, by its hash. */
  readonly kept: ReadonlyMap<ArtifactHash, KeptFile>;
  /** Texts that came with a graph, by their hash: whoever has them puts them in. */
  readonly texts: Map<ArtifactHash, string>;
  has(hash: ArtifactHash): boolean;
  /** Every other picture and clip is gone afterwards: what is asked for again has to be made again. */
  forgetAllBut(kept: ReadonlySet<ArtifactHash>): void;
}

export function memoryArtifacts(): MemoryArtifacts {
  const images = new Map<ArtifactHash, Raster>();
  const depths = new Map<ArtifactHash, DepthMap>();
  const clips = new Map<ArtifactHash, readonly Raster[]>();
  const texts = new Map<ArtifactHash, string>();
  const recipes = new Map<ArtifactHash, string>();
  const kept = new Map<ArtifactHash, KeptFile>();

  async function writeDepth(depth: DepthMap): Promise<ArtifactHash> {
    const hash = await depthHash(depth);
    depths.set(hash, depth);
    return hash;
  }
  async function writeRecipe(recipe: string): Promise<ArtifactHash> {
    const hash = await bytesHash(new TextEncoder().encode(recipe));
    recipes.set(hash, recipe);
    return hash;
  }
  async function writeImage({ raster, depth, recipe }: Picture): Promise<ImageValue> {
    const hash = await imageHash(raster);
    images.set(hash, raster);
    const { width, height } = raster;
    return {
      kind: 'image',
      hash,
      width,
      height,
      ...(depth ? { depth: await writeDepth(depth) } : {}),
      ...(recipe === undefined ? {} : { recipe: await writeRecipe(recipe) }),
    };
  }

  async function keepEnds(frames: readonly Raster[]): Promise<ClipEnds | undefined> {
    const [first, last] = [frames[0], frames.at(-1)];
    if (!first || !last) return undefined;
    return { first: (await writeImage({ raster: first })).hash, last: (await writeImage({ raster: last })).hash };
  }

  return {
    texts,
    kept,
    has: (hash) => [images, depths, recipes, clips, texts, kept].some((known) => known.has(hash)),
    forgetAllBut(needed) {
      for (const known of [images, depths, recipes, clips, kept])
        for (const hash of known.keys()) if (!needed.has(hash)) known.delete(hash);
    },
    async image(value) {
      if (kept.has(value.hash)) throw notDecoded();
      const raster = stored(images, value.hash);
      const depth = value.depth && depths.get(value.depth);
      return { raster, ...(depth ? { depth } : {}) };
    },
    async clip(value) {
      if (kept.has(value.hash)) return { ...value, readFrom: undecoded, read: undecoded };
      const frames = stored(clips, value.hash);
      async function* readFrom(first: number) {
        yield* frames.slice(first);
      }
      return { ...value, readFrom, read: () => readFrom(0) };
    },
    text: async (hash) => texts.get(hash) ?? stored(recipes, hash),
    writeImage,
    async writeImageLike(source, { raster, depth: cut }, part) {
      const depth = part ? cut && (await writeDepth(cut)) : source.depth;
      return { ...(await writeImage({ raster })), ...(depth ? { depth } : {}), ...recipeFor(source, part) };
    },
    async keep({ bytes, mime }, clip) {
      if (!clip && mime === 'image/png') {
        const { decodePng } = await import('./decode-png.ts');
        return writeImage({ raster: await decodePng(bytes) });
      }
      const hash = await bytesHash(bytes);
      kept.set(hash, { bytes, mime });
      if (clip) {
        const { hasSound, ...shown } = clip;
        return { kind: 'video', hash, ...shown, ...(hasSound ? { sound: soundOfFile(hash, clip) } : {}) };
      }
      const { width, height } = imageSize(bytes);
      return { kind: 'image', hash, width, height };
    },
    async writeClip(clip, onFrame) {
      const identity = await clipIdentity(clip.width, clip.height, clip.fps);
      const frames: Raster[] = [];
      for await (const frame of clip.read()) {
        identity.add(frame);
        frames.push(frame);
        await onFrame(frames.length);
      }
      const hash = clip.recipe ? await derivedClipHash(clip.recipe, clip.sound) : await identity.hash();
      clips.set(hash, frames);
      const ends = clip.recipe ? clip.ends : { ...(await keepEnds(frames)), ...clip.ends };
      const { width, height, fps, sound } = clip;
      const shown = { kind: 'video', hash, width, height, fps, frames: frames.length } as const;
      return { ...shown, ...(sound ? { sound } : {}), ...(ends ? { ends } : {}) };
    },
  };
}

/** Of a clip that is not decoded more is known than its frames, so only reading them fails. */
const undecoded = (): never => {
  throw notDecoded();
};

function stored<T>(known: ReadonlyMap<ArtifactHash, T>, hash: ArtifactHash): T {
  const found = known.get(hash);
  if (found === undefined) throw new NodeError('bad-input', 'Not stored.');
  return found;
}
