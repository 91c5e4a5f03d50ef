/** The artifacts a node sees, over storage and codecs. */
import { NodeError } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import { loadPart } from '../load-part.ts';
import type { Artifacts, EncodeOptions } from '../core/node.ts';
import { soundOfFile } from '../core/sound.ts';
import type { Picture } from '../core/take.ts';
import {
  recipeFor,
  type ClipEnds,
  type DepthMap,
  type ImageValue,
  type Raster,
  type VideoValue,
} from '../core/values.ts';
import { bytesHash, clipIdentity, depthHash, derivedClipHash, fileHash, imageHash } from '../media/identity.ts';
import { decodeImage, lossyOf, pngOf } from '../media/image.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';

/** Quality of clips kept between nodes: high enough that a second encoding does not show. */
const KEEPING = 0.95;
/** Decoded pictures kept in this thread, in megapixels. */
const REMEMBERED = 24e6;

/** Kinds of pictures that services take. */
const USUAL = ['image/png', 'image/jpeg', 'image/webp'];
/** The file of a picture or clip as it is kept; a picture that was imported as something unusual as PNG. */
export async function usualFile(store: ArtifactStore, { kind, hash }: ImageValue | VideoValue): Promise<Blob> {
  const kept = await store.get(hash);
  if (!kept) throw notStored();
  return kind === 'video' || USUAL.includes(kept.type) ? kept : pngOf(await decodeImage(kept));
}
const notStored = () =>
  new NodeError('bad-input', 'A picture or clip this step needs is no longer stored.', {
    hint: 'Run the nodes before it again, or import the file again.',
  });

export function artifactsOver(store: ArtifactStore): Artifacts {
  const decoded = new Map<ArtifactHash, Picture>();

  function remember(hash: ArtifactHash, picture: Picture): void {
    decoded.set(hash, picture);
    let pixels = 0;
    for (const { raster } of decoded.values()) pixels += raster.width * raster.height;
    for (const [oldest, { raster }] of decoded) {
      if (pixels <= REMEMBERED || decoded.size === 1) break;
      decoded.delete(oldest);
      pixels -= raster.width * raster.height;
    }
  }
  async function blobOf(hash: ArtifactHash): Promise<Blob> {
    const blob = await store.get(hash);
    if (!blob) throw notStored();
    return blob;
  }
  async function depthFor(hash: ArtifactHash): Promise<DepthMap> {
    const bytes = await (await blobOf(hash)).arrayBuffer();
    const [width, height] = new Uint32Array(bytes, 0, 2) as unknown as [number, number];
    return { width, height, data: new Uint8Array(bytes, 8) };
  }
  async function writeDepth(depth: DepthMap): Promise<ArtifactHash> {
    const hash = await depthHash(depth);
    if (!(await store.has(hash)))
      await store.put(
        hash,
        'depth',
        new Blob([new Uint32Array([depth.width, depth.height]), depth.data as Uint8Array<ArrayBuffer>]),
      );
    return hash;
  }
  async function writeRecipe(recipe: string): Promise<ArtifactHash> {
    const bytes = new TextEncoder().encode(recipe);
    const hash = await bytesHash(bytes);
    if (!(await store.has(hash))) await store.put(hash, 'file', new Blob([bytes], { type: 'text/plain' }));
    return hash;
  }
  async function writeImage(
    { raster }: Picture,
    about: Pick<ImageValue, 'depth' | 'recipe' | 'part'>,
  ): Promise<ImageValue> {
    const hash = await imageHash(raster);
    if (!(await store.has(hash))) await store.put(hash, 'image', await pngOf(raster));
    remember(hash, { raster });
    return { kind: 'image', hash, width: raster.width, height: raster.height, ...about };
  }

  async function keepEnds(first: Raster | undefined, last: Raster | undefined): Promise<ClipEnds | undefined> {
    if (!first || !last) return undefined;
    const [begin, end] = [await writeImage({ raster: first }, {}), await writeImage({ raster: last }, {})];
    return { first: begin.hash, last: end.hash };
  }

  return {
    async image(value) {
      let picture = decoded.get(value.hash);
      if (!picture) remember(value.hash, (picture = { raster: await decodeImage(await blobOf(value.hash)) }));
      return value.depth ? { ...picture, depth: await depthFor(value.depth) } : picture;
    },
    async clip(value) {
      const blob = await blobOf(value.hash);
      const { decodeFrames } = await loadPart(() => import('../media/clip-frames.ts'));
      const { kind: _, hash: __, ...clip } = value;
      const readFrom = (first: number) => decodeFrames(blob, value, first);
      return { ...clip, readFrom, read: () => readFrom(0) };
    },
    text: async (hash) => (await blobOf(hash)).text(),
    async writeImage(picture) {
      const depth = picture.depth && (await writeDepth(picture.depth));
      const recipe = picture.recipe === undefined ? undefined : await writeRecipe(picture.recipe);
      return writeImage(picture, { ...(depth ? { depth } : {}), ...(recipe ? { recipe } : {}) });
    },
    async writeImageLike(source, picture, part) {
      const depth = part ? picture.depth && (await writeDepth(picture.depth)) : source.depth;
      return writeImage(picture, { ...(depth ? { depth } : {}), ...recipeFor(source, part) });
    },
    async keep({ bytes, mime }, clip) {
      const file = new Blob([bytes], { type: mime });
      if (clip) {
        const { hasSound, ...shown } = clip;
        const hash = await bytesHash(bytes);
        await store.put(hash, 'video', file);
        return { kind: 'video', hash, ...shown, ...(hasSound ? { sound: soundOfFile(hash, clip) } : {}) };
      }
      const raster = await decodeImage(file);
      const hash = await imageHash(raster);
      if (!(await store.has(hash))) await store.put(hash, 'image', file);
      remember(hash, { raster });
      return { kind: 'image', hash, width: raster.width, height: raster.height };
    },
    async writeClip(clip, onFrame) {
      const { encodeClip } = await loadPart(() => import('../media/video.ts'));
      const identity = await clipIdentity(clip.width, clip.height, clip.fps);
      let frames = 0;
      let [first, last]: (Raster | undefined)[] = [];
      const written = async (done: number, frame: Raster) => {
        identity.add(frame);
        frames = done;
        first ??= frame;
        last = frame;
        await onFrame(done);
      };
      const { blob } = await encodeClip(clip, 'mp4', KEEPING, written, blobOf);
      const hash = clip.recipe ? await derivedClipHash(clip.recipe, clip.sound) : await identity.hash();
      await store.put(hash, 'video', blob);
      const ends = clip.recipe ? clip.ends : { ...(await keepEnds(first, last)), ...clip.ends };
      const { width, height, fps, sound } = clip;
      return {
        kind: 'video',
        hash,
        width,
        height,
        fps,
        frames,
        ...(sound ? { sound } : {}),
        ...(ends ? { ends } : {}),
      };
    },
    async encode(value, options, onFrame) {
      const encoded =
        value.kind === 'image' ? await encodeStill(value, options) : await encodeMoving(value, options, onFrame);
      const hash = await fileHash(
        JSON.stringify([
          value.hash,
          options.format,
          options.format === 'png' ? 1 : options.quality,
          encoded.encoding,
          ...(value.kind === 'video' && value.sound ? [value.sound] : []),
        ]),
      );
      await store.put(hash, 'file', encoded.blob);
      const name = `${options.name.replace(/\.(png|jpe?g|webp|mp4|webm)$/i, '')}.${options.format === 'jpeg' ? 'jpg' : options.format}`;
      return {
        kind: 'file',
        hash,
        name,
        mime: encoded.blob.type,
        bytes: encoded.blob.size,
        encoding: encoded.encoding,
      };
    },
  };

  async function encodeStill(
    value: ImageValue,
    { format, quality }: EncodeOptions,
  ): Promise<{ blob: Blob; encoding: string }> {
    const size = `${value.width} × ${value.height}`;
    const kept = await blobOf(value.hash);
    // What was made here is kept as PNG; what was imported, as it came.
    if (format === 'png' && kept.type === 'image/png') return { blob: kept, encoding: `PNG, ${size}` };
    const raster = decoded.get(value.hash)?.raster ?? (await decodeImage(kept));
    if (format === 'png') return { blob: await pngOf(raster), encoding: `PNG, ${size}` };
    return {
      blob: await lossyOf(raster, format === 'webp' ? 'webp' : 'jpeg', quality),
      encoding: `${format === 'webp' ? 'WebP' : 'JPEG'}, ${size}, quality ${Math.round(quality * 100)}`,
    };
  }
  async function encodeMoving(
    value: VideoValue,
    { format, quality }: EncodeOptions,
    onFrame: (done: number) => Promise<void>,
  ): Promise<{ blob: Blob; encoding: string }> {
    const [{ encodeClip, remux }, { decodeFrames }] = await loadPart(() =>
      Promise.all([import('../media/video.ts'), import('../media/clip-frames.ts')]),
    );
    const container = format === 'webm' ? 'webm' : 'mp4';
    const kept = await blobOf(value.hash);
    const clip = { ...value, read: () => decodeFrames(kept, value) };
    // At high quality the packets are copied as they are; otherwise the clip is encoded anew, smaller.
    const copied = quality >= 0.8 ? await remux(kept, container, value, blobOf) : undefined;
    const { blob, codec, soundCodec } =
      copied ?? (await encodeClip(clip, container, quality, (done) => onFrame(done), blobOf));
    return {
      blob,
      encoding: [
        `${codec} in ${container === 'mp4' ? 'MP4' : 'WebM'}`,
        `${value.width} × ${value.height}`,
        `${value.fps} fps`,
        `${value.frames} frames`,
        ...(value.sound?.length ? [soundCodec ? `sound in ${soundCodec}` : 'silent: no encoder for its sound'] : []),
      ].join(', '),
    };
  }
}
