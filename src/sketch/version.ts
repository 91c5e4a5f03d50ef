/** Raise it when pixels of the built-in generator change: it is part of every cache key of generation nodes. */
export const SKETCH_VERSION = 5;
/** Raise it when frames of its clips change and its stills do not: it is part of the keys of clips alone. */
export const CLIP_VERSION = 3;
