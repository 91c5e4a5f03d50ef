/** Everything a node file may import. The one barrel of the project. */
export { defineNode, type RunContext } from './node.ts';
export { NodeError } from './errors.ts';
export { p } from './params.ts';
export { say } from './say.ts';
export { s } from './sockets.ts';
export { TIERS } from './take.ts';
export { CAMERA_MOVES, EASINGS } from './values.ts';
