/** Clips that lie over each other play as one, so that what differs between them is the picture and not the moment. */
import { useEffect, type RefObject } from 'react';

/** Closer than this, in seconds, two clips show the same frame. */
const TOGETHER = 0.01;
/** Further apart, a clip is put where it belongs; until then it plays a little faster or slower, which nobody sees. */
const APART = 0.25;
const LARGEST_HURRY = 0.2;

/** The longest clip in the frame leads: the others pause, play and seek with it. */
export function useTogether(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let next = 0;
    const keep = () => {
      next = requestAnimationFrame(keep);
      const clips = [...(frame.current?.querySelectorAll('video') ?? [])].filter((clip) => clip.duration > 0);
      const lead = clips.reduce<HTMLVideoElement | undefined>(
        (longest, clip) => (longest && longest.duration >= clip.duration ? longest : clip),
        undefined,
      );
      if (lead) for (const clip of clips) if (clip !== lead) follow(clip, lead);
    };
    keep();
    return () => cancelAnimationFrame(next);
  }, [frame]);
}

function follow(clip: HTMLVideoElement, lead: HTMLVideoElement): void {
  if (lead.paused && !clip.paused) clip.pause();
  // The browser may refuse to play what is out of sight; it is asked again with the next frame.
  if (!lead.paused && clip.paused) void clip.play().catch(() => undefined);
  if (clip.seeking || lead.seeking) return;
  const { duration } = clip;
  const wanted = lead.currentTime % duration;
  // Around the loop: just before the end and just after the beginning are near each other.
  const behind = ((wanted - clip.currentTime + duration * 1.5) % duration) - duration / 2;
  const far = Math.abs(behind);
  if (far > APART || (lead.paused && far > TOGETHER)) clip.currentTime = wanted;
  clip.playbackRate = far > TOGETHER && far <= APART ? 1 + Math.sign(behind) * Math.min(LARGEST_HURRY, far * 2) : 1;
}
