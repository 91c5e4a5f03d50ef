/** Frames of two pictures or clips, got together, so that both can be drawn at once. */
import type { Sentence } from '../core/say.ts';
import { say } from '../core/say.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { App } from './app-context.ts';

type Shown = ImageValue | VideoValue;
/** A drawable frame, or why there is none. */
export type PairFrame = { readonly frame: ImageBitmap } | { readonly trouble: Sentence | string };

/** Frames kept of both together: enough to step back and forth. */
const MOST_FRAMES = 12;

export interface PairFrames {
  frame(shown: Shown, at: number): Promise<PairFrame>;
  close(): void;
}

export function pairFrames({ commands, urls }: Pick<App, 'commands' | 'urls'>): PairFrames {
  const kept = new Map<string, Promise<PairFrame>>();

  async function read(shown: Shown, at: number): Promise<PairFrame> {
    if (shown.kind === 'image') return still(shown);
    const found = await commands.frameOf(shown, at);
    if (!found) return { trouble: GONE };
    return found.ok ? { frame: found.value } : { trouble: found.error.message };
  }
  async function still({ hash }: ImageValue): Promise<PairFrame> {
    const held = urls.hold(hash);
    try {
      const url = await held.url;
      if (!url) return { trouble: GONE };
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      return { frame: await createImageBitmap(picture) };
    } catch {
      return { trouble: GONE };
    } finally {
      held.release();
    }
  }
  function letGo(key: string): void {
    void kept.get(key)?.then((one) => 'frame' in one && one.frame.close());
    kept.delete(key);
  }
  return {
    frame(shown, at) {
      const key = `${shown.hash} ${at}`;
      const found = kept.get(key) ?? read(shown, at);
      // Asked for last, it goes last.
      kept.delete(key);
      kept.set(key, found);
      for (const oldest of [...kept.keys()].slice(0, -MOST_FRAMES)) letGo(oldest);
      return found;
    },
    close() {
      for (const key of kept.keys()) letGo(key);
    },
  };
}
const GONE = say('It is no longer stored.');
