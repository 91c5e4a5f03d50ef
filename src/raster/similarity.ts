/** Moving, turning and enlarging as one: z → a·z + b with complex numbers, counted from the middle of a frame, in px. */
export interface Similarity {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}
export const STAYING: Similarity = { ax: 1, ay: 0, bx: 0, by: 0 };

/** First one, then the other. */
export const after = (first: Similarity, then: Similarity): Similarity => ({
  ax: then.ax * first.ax - then.ay * first.ay,
  ay: then.ax * first.ay + then.ay * first.ax,
  bx: then.ax * first.bx - then.ay * first.by + then.bx,
  by: then.ax * first.by + then.ay * first.bx + then.by,
});

/** The way back. */
export function inverse({ ax, ay, bx, by }: Similarity): Similarity {
  const size = ax * ax + ay * ay;
  const [x, y] = [ax / size, -ay / size];
  return { ax: x, ay: y, bx: y * by - x * bx, by: -(x * by + y * bx) };
}

/** `share` of the way from one to the other; outside of 0…1 beyond them. */
export const towards = (from: Similarity, to: Similarity, share: number): Similarity => ({
  ax: from.ax + (to.ax - from.ax) * share,
  ay: from.ay + (to.ay - from.ay) * share,
  bx: from.bx + (to.bx - from.bx) * share,
  by: from.by + (to.by - from.by) * share,
});
