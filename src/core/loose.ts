/** Looking at data nobody has checked yet: files, stored rows. */
export type Loose = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records of a list; none where it is not one. */
export const listIn = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.filter(isRecord) : []);
/** A text with something in it. */
export const textOrNone = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
