/**
 * How much a graph may hold. More than any screen or person can use: what goes beyond is damaged or made to do harm,
 * and is refused in words. What bounds one reader alone (of LUTs, pictures, links, tables, Markdown) stands in its file.
 */

/** On all boards of a graph together. */
export const MOST_NODES = 20_000;
export const MOST_WIRES = 100_000;
/** Frames and notes, each. */
export const MOST_MARKS = 20_000;
/** Pixels across a node's card. */
export const NARROWEST_CARD = 180;
export const WIDEST_CARD = 800;
/** Frames within frames. */
export const DEEPEST_FRAME = 64;
/** Pixels on a side of a frame or a note. */
export const LARGEST_MARK = 20_000;
/** Pixels from the middle of a canvas; larger graphs than anyone draws are a hundredth of that. */
export const FARTHEST = 10_000_000;
export const MOST_COMPONENTS = 1000;
/** Sockets and params of one component, each, and the places inside that one socket leads to. */
export const MOST_SOCKETS = 500;
/** Reroute points on one wire. */
export const MOST_POINTS = 200;
/** Fields of a form. */
export const MOST_FIELDS = 2000;
/** Rows and columns of a batch. */
export const MOST_ROWS = 1000;
export const MOST_COLUMNS = 50;
/** Pictures of a sweep: more are not seen side by side. */
export const MOST_CELLS = 100;
/** Params that a sweep varies at once. */
export const MOST_AXES = 2;
/** Characters of an id or a name of a socket or param; our own ids have thirteen. */
export const LONGEST_ID = 200;
/** Characters of what a graph, a component, a node or a frame is called; longer ones are cut, like all texts here. */
export const LONGEST_TITLE = 200;
/** Tags of a graph, and characters of one. */
export const MOST_TAGS = 20;
export const LONGEST_TAG = 60;
/** Characters of what a socket or a column is called. */
export const LONGEST_LABEL = 100;
/** Characters of the name of a prompt's variable, in a column of a batch. */
export const LONGEST_VARIABLE = 4000;
/** Characters of the names of a provider and of a model, each. */
export const LONGEST_MODEL = 200;
/** Characters of the id of a routing table. */
export const LONGEST_TABLE_ID = 100;
/** Characters of a note or a description. */
export const LONGEST_TEXT = 20_000;
/** Instances within instances. */
export const DEEPEST_INSTANCE = 16;
/** What an instance says of the takes and kept results inside, and the characters of a path to one of them. */
export const MOST_CHOICES = 20_000;
export const LONGEST_PATH = 2000;
/** Components multiply: a graph that would have more than this with all of them written out is not written out. */
export const MOST_FLAT_NODES = 50_000;
export const MOST_FLAT_WIRES = 200_000;
/** Brackets within brackets in a JSON text; our own files need nine. */
export const DEEPEST_JSON = 64;
/** Characters of a graph file, pictures and LUTs inside included. */
export const LARGEST_GRAPH_FILE = 256 * 1024 * 1024;
/** Of a workflow that is used as a model, and characters of it as JSON: all of it is sent with every take. */
export const MOST_OWN_NODES = 2000;
export const LARGEST_OWN_WORKFLOW = 4 * 1024 * 1024;
/** Characters of any other JSON file: a workflow, a catalog, a routing table. */
export const LARGEST_JSON_FILE = 32 * 1024 * 1024;
/** Pixels on each side of a picture, and in all: what the canvas of a browser takes. */
export const LONGEST_PICTURE = 16_384;
export const MOST_PIXELS = 100e6;
/** How long a graph that was thrown away can be brought back. */
export const TRASH_DAYS = 30;
/** Seconds of a clip that comes from elsewhere; its file may claim any. */
export const LONGEST_CLIP = 3600;
