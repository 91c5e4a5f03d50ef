/** From where on a large graph is drawn as an overview in place of cards. */

/** Below this zoom a card's words are too small to read. */
export const READING_ZOOM = 0.4;
/** Smaller graphs stay cards at any zoom: they cost nothing. */
export const FEWEST_IN_OVERVIEW = 120;
