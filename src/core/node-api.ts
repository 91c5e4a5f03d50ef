/** Everything a node file may import. The one barrel of the project. */
export { endOf, endsKept, stillAt, knownEnd } from './clip-ends.ts';
export { defineNode, type RunContext, type Stretch } from './node.ts';
export { NodeError } from './errors.ts';
export { p, type FileSetting } from './params.ts';
export { say } from './say.ts';
export { s, type KnownInputs } from './sockets.ts';
export { TIERS, type Clip, type StoredClip, type TakeRequest } from './take.ts';
export {
  CAMERA_MOVES,
  EASINGS,
  MEASURES,
  type AspectValue,
  type ImageValue,
  type Raster,
  type VideoValue,
} from './values.ts';
export { own } from './own.ts';
export { filledIn } from './variables.ts';
