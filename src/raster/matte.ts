/** Soft outlines: which share of an edge pixel belongs to what stands in front. */
import { JUMP } from './depth-cuts.ts';
import { clamp, smoothstep } from './math.ts';
import { acrossOutline } from './outline.ts';

/** Colours in linear light, three numbers a pixel. */
export interface SortedPicture {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
  /** 0 = farthest … 1 = nearest. */
  readonly nearness: Float32Array;
  /** The layer each pixel is part of, 0 for the farthest. */
  readonly layer: Uint8Array;
}

export interface Edges {
  /** For a pixel on an outline the layer in front there; else 0. */
  readonly front: Uint8Array;
  /** And the layer that is seen beside it. */
  readonly behind: Uint8Array;
  /** And the share of it that is covered by the layer in front, 0…1. */
  readonly cover: Float32Array;
  /** Pixels so close to an outline that its light and shade may lie on them: no sample of what is behind. */
  readonly beside: Uint8Array;
}

/**
 * Finds the pixels that depth edges run through, `reach` pixels to either side, and how much of each belongs to the
 * front: by its place between the colours on both sides, and where these are alike by its distance.
 */
export function edgesOf(scene: SortedPicture, layers: number, reach: number): Edges {
  const { width, height, layer, nearness } = scene;
  const edges: Edges = {
    front: new Uint8Array(width * height),
    behind: new Uint8Array(width * height),
    cover: new Float32Array(width * height),
    beside: new Uint8Array(width * height),
  };
  const inside = new Uint8Array(width * height);
  for (let k = layers - 1; k > 0; k--) {
    for (let at = 0; at < inside.length; at++) inside[at] = layer[at]! >= k ? 1 : 0;
    const across = acrossOutline(inside, width, height, 2.5 * reach + 1.5);
    for (let at = 0; at < inside.length; at++) {
      const other = across[at]!;
      if (other < 0) continue;
      const x = at % width;
      const y = (at - x) / width;
      const [ox, oy] = [other % width, Math.floor(other / width)];
      const distance = Math.sqrt((ox - x) * (ox - x) + (oy - y) * (oy - y)) - 0.5;
      const [front, behind] = inside[at] ? [at, other] : [other, at];
      // Both are close to the outline: a floor comes nearer too, but over a longer way.
      if (nearness[front]! - nearness[behind]! < JUMP * 0.6) continue;
      if (!inside[at]) edges.beside[at] = 1;
      if (distance > (inside[at] ? 1 : 2) * reach || edges.front[at] || layer[front] !== k) continue;
      const way = (inside[at] ? 1 : -1) / (distance + 0.5);
      const outward = [(ox - x) * way, (oy - y) * way] as const;
      const signed = inside[at] ? distance : -distance;
      const edge = edgeAt(scene, k, x, y, outward[0], outward[1], signed, reach);
      if (!edge) continue;
      edges.front[at] = k;
      edges.behind[at] = layer[behind]!;
      edges.cover[at] = edge.cover;
    }
  }
  return edges;
}

/** `signed`: pixels inside the outline, negative outside; (`outX`, `outY`) leads out at right angles to it. */
function edgeAt(
  scene: SortedPicture,
  k: number,
  x: number,
  y: number,
  outX: number,
  outY: number,
  signed: number,
  reach: number,
): { readonly cover: number } | undefined {
  const { width, height, light, layer } = scene;
  const indexAt = (out: number): number => {
    const u = Math.round(clamp(x + outX * out, 0, width - 1));
    const v = Math.round(clamp(y + outY * out, 0, height - 1));
    return v * width + u;
  };
  const far = indexAt(signed + 2 * reach + 1);
  // A thin thing ends before that: then its middle.
  let near = indexAt(signed - reach - 1);
  for (let depth = reach; layer[near]! < k && depth > 0; depth -= 0.5) near = indexAt(signed - depth);
  const byDistance = smoothstep(-reach, reach, signed + 0.4);
  const at = y * width + x;
  let [along, length] = [0, 0];
  for (let c = 0; c < 3; c++) {
    const way = light[near * 3 + c]! - light[far * 3 + c]!;
    along += (light[at * 3 + c]! - light[far * 3 + c]!) * way;
    length += way * way;
  }
  const trust = length / (length + 0.004);
  const byColour = length > 0 ? clamp(along / length) : byDistance;
  const mixed = byDistance + (byColour - byDistance) * trust;
  // Depth that is coarser than the picture misses thin tips: those have the colour of the front.
  if (signed < -reach) return byColour * trust > 0.4 ? { cover: byColour } : undefined;
  // What lies a whole reach inside belongs to the front, whatever its colour.
  const sure = smoothstep(reach * 0.7, reach, Math.abs(signed));
  return { cover: mixed + ((signed > 0 ? 1 : 0) - mixed) * sure };
}
