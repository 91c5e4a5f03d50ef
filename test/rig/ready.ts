import type { Readiness } from '../../src/routing/readiness.ts';

/** These can be asked, and answer at once, as the built-in engine does. */
export const readyFor = (...ids: readonly string[]): readonly Readiness[] => ids.map((id) => ({ id }));
