/** Raise it when pixels of the built-in generator change: it is part of every cache key of generation nodes. */
export const SKETCH_VERSION = 4;
