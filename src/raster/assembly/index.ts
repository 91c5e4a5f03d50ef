/** Every pixel kernel of Triptych in one WebAssembly module. Memory is handed out by the caller, from `heapBase` up. */
export { sky, cloudField, clouds, rays } from './sky';
export { trace, accumulate, blurMask } from './mask';
export { darken, lighten, paint, cover, uncover } from './shape';
export { water, mist, glow, falling, shrink, blur, addSmall, focus, finish, depthBytes, sameFor, turn } from './effects';
export { resizeLines, premultiply, unpremultiply, linearise, encode, unsharp, median, bilateral, lut3d, grain, stylise } from './filter-kernels';
export { warpField, tilesOf, warp } from './warp';
export { colours, evenLight, lumaOf, halfPlane, follow, steady, spread, agree, mend } from './flow';
export { clearCells, land, fillCells, between, similar } from './between';
export { toPlanes, fromPlanes } from './plane-kernels';

export function heapBase(): usize {
  return __heap_base;
}
