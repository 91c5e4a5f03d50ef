/** What grows. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, stroke, turned, type Polygon } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round, type Part } from '../drawing.ts';

/** Rays of petals or leaves around a point. */
function petals(cx: number, cy: number, count: number, length: number, width: number, turn = 0): Polygon[] {
  const directions = [[1, 0], [0.924, 0.383], [0.707, 0.707], [0.383, 0.924], [0, 1], [-0.383, 0.924], [-0.707, 0.707], [-0.924, 0.383], [-1, 0], [-0.924, -0.383], [-0.707, -0.707], [-0.383, -0.924], [0, -1], [0.383, -0.924], [0.707, -0.707], [0.924, -0.383]] as const;
  return Array.from({ length: count }, (_, k) => {
    const [x, y] = directions[(Math.round((k * 16) / count) + turn) % 16]!;
    const at = (t: number, w: number): [number, number] => [cx + x * length * t - y * width * w, cy + y * length * t + x * width * w];
    return [...at(0, 0), ...at(0.3, 0.75), ...at(0.62, 1), ...at(0.88, 0.62), ...at(1, 0), ...at(0.88, -0.62), ...at(0.62, -1), ...at(0.3, -0.75)];
  });
}

export const PLANTS = {
  tree: drawn(
    'tree|oak|beech|maple tree|willow|lone tree|birch|elm|olive tree|acacia|baobab|cherry tree|apple tree',
    { habitat: 'land', scale: 2.6, colour: lch(0.5, 0.1, 135) },
    flat('wood', ...d('M-.07 0 C-.035 -.1 -.04 -.24 -.05 -.4 L.04 -.4 C.035 -.24 .04 -.1 .08 0 Z'), stroke([0, -0.34, 0.2, -0.56], 0.045, 0.02), stroke([-0.01, -0.38, -0.2, -0.58], 0.04, 0.02)),
    round('leaf', ellipse(-0.26, -0.55, 0.22, 0.17), ellipse(0.27, -0.56, 0.23, 0.17), ellipse(0.02, -0.62, 0.3, 0.24), ellipse(-0.18, -0.74, 0.22, 0.18), ellipse(0.2, -0.76, 0.21, 0.17), ellipse(0.01, -0.86, 0.2, 0.14)),
  ),
  pine: drawn(
    'pine|fir|spruce|conifer|christmas tree|evergreen|cedar|cypress',
    { habitat: 'land', scale: 2.8, colour: lch(0.38, 0.06, 155) },
    flat('wood', rectangle(-0.03, -0.14, 0.06, 0.14)),
    ...[[-0.1, 0.3, -0.46], [-0.3, 0.25, -0.64], [-0.48, 0.2, -0.8], [-0.64, 0.14, -1]].map(([base, half, top]): Part => round('leaf', ...d(`M0 ${top} C.03 ${top! + 0.16} ${half! * 0.6} ${base! - 0.09} ${half} ${base} C${half! * 0.5} ${base! - 0.03} ${half! * 0.25} ${base! + 0.03} 0 ${base! - 0.01} C${-half! * 0.25} ${base! + 0.03} ${-half! * 0.5} ${base! - 0.03} ${-half!} ${base} C${-half! * 0.6} ${base! - 0.09} -.03 ${top! + 0.16} 0 ${top} Z`))),
  ),
  palm: drawn(
    'palm|palm tree',
    { habitat: 'land', scale: 2.4, colour: lch(0.5, 0.1, 135) },
    lathe('wood', stroke([-0.06, 0, -0.03, -0.3, 0.03, -0.55, 0.1, -0.8], 0.07, 0.035)),
    round('leaf', ...[[-0.42, -0.7, -0.3, -0.98], [0.6, -0.66, 0.46, -0.98], [-0.28, -0.52, -0.26, -0.8], [0.44, -0.5, 0.42, -0.8], [-0.1, -0.98, -0.1, -1.02], [0.34, -0.97, 0.3, -1.02]].map(([x, y, qx, qy]) => d(`M.1 -.82 Q${qx} ${qy} ${x} ${y} Q${qx! * 0.7 + 0.03} ${qy! + 0.1} .1 -.77 Z`)[0]!)),
    round('wood', ellipse(0.07, -0.77, 0.035), ellipse(0.14, -0.76, 0.035)),
  ),
  flower: drawn(
    'flower|daisy|bouquet|peony|dandelion|petal|floral|lavender|poppy',
    { habitat: 'land', scale: 0.4 },
    flat('leaf', stroke([0, 0, 0.02, -0.3, 0, -0.66], 0.028, 0.02), ...d('M.01 -.2 C.2 -.26 .3 -.4 .32 -.5 C.16 -.48 .04 -.36 .01 -.2 Z'), ...d('M.01 -.12 C-.16 -.16 -.26 -.28 -.28 -.38 C-.12 -.36 -.02 -.26 .01 -.12 Z')),
    round('deep', ...petals(0, -0.74, 8, 0.28, 0.09, 1)),
    round('body', ...petals(0, -0.74, 8, 0.26, 0.085)),
    round('accent', ellipse(0, -0.74, 0.085)),
  ),
  plant: drawn(
    'plant|houseplant|fern|monstera|leaf|foliage|herb|potted plant|succulent|aloe|basil|mint',
    { habitat: 'table', scale: 0.5, colour: lch(0.7, 0.04, 60) },
    round('leaf', ...[[-0.42, -0.62, -0.3, -0.95], [0.42, -0.62, 0.3, -0.95], [-0.22, -0.92, -0.16, -1.02], [0.24, -0.94, 0.18, -1.02], [-0.46, -0.38, -0.4, -0.66], [0.46, -0.38, 0.4, -0.66], [0, -1, 0.1, -0.8]].map(([x, y, qx, qy]) => d(`M-.02 -.3 Q${qx} ${qy} ${x} ${y} Q${x! * 0.45 + 0.05} ${y! * 0.62} .03 -.3 Z`)[0]!)),
    lathe('body', turned([[-0.34, 0.22], [-0.3, 0.225], [-0.04, 0.17], [0, 0.16]], true)),
    lathe('deep', rectangle(-0.235, -0.36, 0.47, 0.06, 0.02)),
  ),
  cactus: drawn(
    'cactus|saguaro|cacti',
    { habitat: 'land', scale: 1.3, colour: lch(0.5, 0.09, 150) },
    round('leaf', ...d('M-.12 0 L-.12 -.82 C-.12 -1.06 .12 -1.06 .12 -.82 L.12 0 Z'), ...d('M-.1 -.3 C-.36 -.3 -.4 -.4 -.4 -.66 C-.4 -.78 -.24 -.78 -.24 -.66 C-.24 -.5 -.24 -.46 -.1 -.46 Z'), ...d('M.1 -.42 C.36 -.42 .4 -.52 .4 -.78 C.4 -.9 .24 -.9 .24 -.78 C.24 -.62 .24 -.58 .1 -.58 Z')),
    flat('deep', rectangle(-0.05, -0.86, 0.012, 0.84), rectangle(0.04, -0.86, 0.012, 0.84)),
  ),
  mushroom: drawn(
    'mushroom|toadstool|fungus|fungi',
    { habitat: 'land', scale: 0.3, colour: lch(0.55, 0.18, 28) },
    lathe('light', turned([[-0.56, 0.1], [-0.3, 0.1], [-0.1, 0.14], [0, 0.15]])),
    round('body', ...d('M-.5 -.52 C-.52 -.86 -.24 -1 0 -1 C.24 -1 .52 -.86 .5 -.52 C.2 -.44 -.2 -.44 -.5 -.52 Z')),
    flat('light', ellipse(-0.2, -0.76, 0.07, 0.055), ellipse(0.16, -0.84, 0.06, 0.045), ellipse(0.28, -0.64, 0.05, 0.04), ellipse(-0.02, -0.62, 0.06, 0.045)),
  ),
};
