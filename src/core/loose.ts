/** Looking at data nobody has checked yet: files, stored rows. */
export type Loose = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
