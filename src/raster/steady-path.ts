/** The way of a camera made smooth, and how far a frame must be enlarged so that nothing beside it is seen. */
import { exp2 } from './math.ts';
import { after, inverse, STAYING, towards, type Similarity } from './similarity.ts';

/** Widths of a Gaussian on each side; beyond there is next to nothing. */
const WIDTHS = 3;
const HALVINGS = 14;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where the points of each frame are on a smooth path: the mean of where they are in the frames around it (Matsushita and
 * others 2006), by a Gaussian of `sigma` frames. `motions` lead from each frame to the next; nothing is smoothed across a
 * cut. At its ends a path goes on as it came, mirrored, so that a steady pan stays one.
 */
export function steadied(motions: readonly (Similarity | 'cut')[], sigma: number): readonly Similarity[] {
  const steady: Similarity[] = [];
  let first = 0;
  for (let frame = 0; frame <= motions.length; frame++) {
    const next = motions[frame];
    if (next !== undefined && next !== 'cut') continue;
    const shot = motions.slice(first, frame) as readonly Similarity[];
    for (let at = 0; at <= shot.length; at++) steady.push(meanAround(shot, at, sigma));
    first = frame + 1;
  }
  return steady;
}

/** Of a shot of one frame more than it has motions. */
function meanAround(motions: readonly Similarity[], at: number, sigma: number): Similarity {
  const last = motions.length;
  const reach = Math.min(last, Math.ceil(sigma * WIDTHS));
  const places = new Map<number, Similarity>([[at, STAYING]]);
  for (let frame = at; frame < Math.min(last, at + reach); frame++)
    places.set(frame + 1, after(places.get(frame)!, motions[frame]!));
  for (let frame = at; frame > Math.max(0, at - reach); frame--)
    places.set(frame - 1, after(places.get(frame)!, inverse(motions[frame - 1]!)));
  const placeOf = (frame: number): Similarity => {
    const end = Math.max(0, Math.min(last, frame));
    return end === frame ? places.get(frame)! : towards(places.get(2 * end - frame)!, places.get(end)!, 2);
  };
  let mean = STAYING;
  let weights = 0;
  for (let off = -reach; off <= reach; off++) {
    // exp(−off²/2σ²), 1.4427 being the logarithm of e to the base of 2.
    const weight = sigma > 0 ? exp2((-0.7213475 * off * off) / (sigma * sigma)) : 1;
    weights += weight;
    mean = towards(mean, placeOf(at + off), weight / weights);
  }
  return mean;
}

/** Where the pixels of a frame are looked up that is put on its steady place and enlarged. */
export function lookUpOf(steady: Similarity, zoom: number): Similarity {
  const back = inverse(steady);
  return { ...back, ax: back.ax / zoom, ay: back.ay / zoom };
}

/** Whether a look-up stays inside the frame. */
function isInside({ ax, ay, bx, by }: Similarity, { width, height }: Size): boolean {
  const [right, bottom] = [(width - 1) / 2, (height - 1) / 2];
  return [-1, 1].every((across) =>
    [-1, 1].every((down) => {
      const [x, y] = [right * across, bottom * down];
      return Math.abs(ax * x - ay * y + bx) <= right && Math.abs(ax * y + ay * x + by) <= bottom;
    }),
  );
}

/** The least zoom up to `most` at which no frame shows what is beside it; `most` where that is not enough. */
export function leastZoom(steady: readonly Similarity[], size: Size, most: number): number {
  const isEnough = (zoom: number) => steady.every((place) => isInside(lookUpOf(place, zoom), size));
  if (isEnough(1)) return 1;
  let [low, high] = [1, most];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The same place, or as near to it as the frame can be put without showing what is beside it. */
export function asFarAsSeen(steady: Similarity, zoom: number, size: Size): Similarity {
  if (isInside(lookUpOf(steady, zoom), size)) return steady;
  let [low, high] = [0, 1];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (isInside(lookUpOf(towards(STAYING, steady, middle), zoom), size)) low = middle;
    else high = middle;
  }
  return towards(STAYING, steady, low);
}
