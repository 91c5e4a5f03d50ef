/** Lengths in seconds that a model makes, where it makes each. */
export const wholeNumbers = (least: number, most: number): readonly number[] =>
  Array.from({ length: most - least + 1 }, (_, at) => least + at);
