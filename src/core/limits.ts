/**
 * How much a graph may hold. More than any screen or person can use: what goes beyond is damaged or made to do harm,
 * and is refused in words.
 */

/** On all boards of a graph together. */
export const MOST_NODES = 20_000;
export const MOST_WIRES = 100_000;
/** Frames and notes, each. */
export const MOST_MARKS = 20_000;
export const MOST_COMPONENTS = 1000;
/** Sockets and params of one component, each, and the places inside that one socket leads to. */
export const MOST_SOCKETS = 500;
/** Reroute points on one wire. */
export const MOST_POINTS = 200;
/** Fields of a form. */
export const MOST_FIELDS = 2000;
/** Characters of an id or a name of a socket or param; our own ids have thirteen. */
export const LONGEST_ID = 200;
/** Instances within instances. */
export const DEEPEST_INSTANCE = 16;
/** Components multiply: a graph that would have more than this with all of them written out is not written out. */
export const MOST_FLAT_NODES = 50_000;
export const MOST_FLAT_WIRES = 200_000;
/** Brackets within brackets in a JSON text; our own files need nine. */
export const DEEPEST_JSON = 64;
/** Characters of a graph file, pictures and LUTs inside included. */
export const LARGEST_GRAPH_FILE = 256 * 1024 * 1024;
/** Characters of any other JSON file: a workflow, a catalog, a routing table. */
export const LARGEST_JSON_FILE = 32 * 1024 * 1024;
