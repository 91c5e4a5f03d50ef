/** How small a board is drawn as cards, and how large their texts are then. */

/** From where on a large graph is drawn as an overview in place of cards: their words are too small to read. */
export const READING_ZOOM = 0.4;
export const FEWEST_IN_OVERVIEW = 120;
/** Smaller graphs stay cards for longer: they cost nothing, and their titles can be read down to here. */
export const TITLE_ZOOM = 0.26;
/** Those that fit into one look stay cards at any zoom; then they show their pictures alone. */
export const FEWEST_FROM_FAR = 24;

/** No text on a card is smaller on screen, in pixels. */
const SMALLEST_TEXT = 9;
/** The smallest letters of a card, before they grow. */
const SMALLEST_ON_CARD = 11;
const STEP = 0.05;
/**
 * How large letters are at least at a zoom, in pixels of the canvas; nothing where all of them are larger. In steps: each
 * other answer makes the page work out the styles of all cards.
 */
export function leastLetters(zoom: number): number | undefined {
  if (zoom >= SMALLEST_TEXT / SMALLEST_ON_CARD) return undefined;
  const step = Math.max(TITLE_ZOOM, Math.floor(zoom / STEP + 1e-6) * STEP);
  return Math.ceil((SMALLEST_TEXT / step) * 10) / 10;
}
