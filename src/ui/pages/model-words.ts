/** What a model can do, in words. */
import type { Model, Supports } from '../../routing/catalog.ts';
import { t, w } from '../../words/t.ts';

/** Whether the same seed makes the same picture again. */
export const SEEDS = { yes: w('yes'), no: w('no'), unknown: w('unknown') } as const;
/** Kinds of work, or what its maker calls it where that is none of ours. */
export const deeds = (model: Model): string =>
  model.work.map((kind) => t(kind)).join(', ') || model.modalities.join(', ');
/** What it takes besides a prompt, and what nobody says. */
export function abilities(supports: Supports): string {
  const words: readonly (readonly [keyof Supports, string])[] = [
    ['seed', t('seed')],
    ['guidance', t('guidance')],
    ['negative', t('negative prompt')],
    ['references', t('references')],
    ['firstFrame', t('first frame')],
    ['lastFrame', t('last frame')],
    ['extend', t('a clip to go on from')],
    ['loop', t('loops')],
    ['audio', t('sound')],
  ];
  const takes = words.filter(([key]) => supports[key] === true).map(([, word]) => word);
  const unknown = words.filter(([key]) => supports[key] === undefined).map(([, word]) => word);
  return [takes.join(', ') || t('nothing of these'), unknown.length ? t('unknown: {0}', unknown.join(', ')) : '']
    .filter(Boolean)
    .join('; ');
}
