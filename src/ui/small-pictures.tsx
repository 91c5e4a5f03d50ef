/** Small copies of stored pictures and clips, for long lists of them: each is decoded once, a few at a time. */
import { createContext, use, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ArtifactHash } from '../core/ids.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { useApp, type App } from './app-context.ts';
import { smallCopyOf, thumbnails } from './canvas/thumbnails.ts';

/** Pixels across: sharp on a card that is 200 wide on a dense screen. */
const WIDTH = 400;
/** More than are in sight and near it. */
const MOST_COPIES = 300;

interface SmallPictures {
  get(value: ImageValue | VideoValue): ImageBitmap | undefined;
  subscribe(changed: () => void): () => void;
}
const Pictures = createContext<SmallPictures | null>(null);

/** Copies are kept for as long as this is drawn. */
export function WithSmallPictures({ children }: { readonly children: ReactNode }) {
  const { urls, commands } = useApp();
  const [pictures] = useState(() => smallPictures({ urls, commands }));
  useEffect(() => () => pictures.close(), [pictures]);
  return <Pictures value={pictures}>{children}</Pictures>;
}

/** Of a clip its first frame. Nothing where the file is gone. */
export function SmallCopy({ value }: { readonly value: ImageValue | VideoValue }) {
  const pictures = use(Pictures)!;
  const canvas = useRef<HTMLCanvasElement>(null);
  const copy = useSyncExternalStore(pictures.subscribe, () => pictures.get(value));
  useEffect(() => {
    if (!copy || !canvas.current) return;
    Object.assign(canvas.current, { width: copy.width, height: copy.height });
    canvas.current.getContext('2d')!.drawImage(copy, 0, 0);
  }, [copy]);
  return <canvas ref={canvas} aria-hidden data-drawn={copy !== undefined} />;
}

function smallPictures({ urls, commands }: Pick<App, 'urls' | 'commands'>): SmallPictures & { close(): void } {
  const listeners = new Set<() => void>();
  const clips = new Map<ArtifactHash, VideoValue>();
  const copies = thumbnails(
    async (hash) => {
      const clip = clips.get(hash);
      if (!clip) return smallCopyOf(urls, hash, WIDTH);
      const frame = await commands.frameOf(clip, 0);
      if (!frame?.ok) return undefined;
      try {
        return await createImageBitmap(frame.value, { resizeWidth: WIDTH, resizeQuality: 'medium' });
      } finally {
        frame.value.close();
      }
    },
    () => listeners.forEach((changed) => changed()),
    MOST_COPIES,
  );
  return {
    get(value) {
      if (value.kind === 'video') clips.set(value.hash, value);
      return copies.get(value.hash);
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    close: () => copies.close(),
  };
}
