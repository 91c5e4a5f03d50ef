/**
 * What a person corrected in how the built-in generator reads a prompt: `[fox = dog]` reads the one as the other, `= card`
 * shows a card with the word on it, `= nothing` leaves it out. It stands in the prompt itself, so that it is part of the
 * key, travels with the graph and can be undone; services are sent the prompt without.
 */
const CORRECTION = /\s*\[([^\][=\n]+)=([^\][=\n]*)\]/g;

/** From words of the prompt to what they are read as, in small letters. */
export const correctionsIn = (prompt: string): ReadonlyMap<string, string> =>
  new Map([...prompt.matchAll(CORRECTION)].map(([, from, to]) => [inSmall(from!), inSmall(to!)]));

export const withoutCorrections = (prompt: string): string => prompt.replace(CORRECTION, '').trim();

/** The prompt with these words read as `as`, or again as they stand where that is left out. */
export function withCorrection(prompt: string, words: string, as: string | undefined): string {
  const others = prompt.replace(CORRECTION, (found, from: string) => (inSmall(from) === inSmall(words) ? '' : found));
  return as === undefined ? others.trimEnd() : `${others.trimEnd()} [${words.trim()} = ${as.trim()}]`;
}

const inSmall = (text: string): string => text.trim().toLowerCase();
