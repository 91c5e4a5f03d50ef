/** How this person likes the editor, between visits. */
import { remember, remembered } from '../state/remembered.ts';
import { USUAL_VIEW, type ViewSettings } from '../state/workspace.ts';
import { languageFor, LANGUAGES } from '../words/languages.ts';

const KEY = 'triptych-view';
const THEMES: readonly ViewSettings['theme'][] = ['system', 'light', 'dark'];
const AREAS: readonly ViewSettings['area'][] = ['touching', 'inside'];

/** What was kept; in place of each setting that is damaged or missing, the usual one. */
export const storedView = (): ViewSettings => remembered(KEY, readView);
export const keepView = (view: ViewSettings): void => remember(KEY, view);

/** From anywhere: what is damaged or missing is the usual. */
export function readView(stored: unknown): ViewSettings {
  const found = isRecord(stored) ? stored : {};
  const usual = { ...USUAL_VIEW, language: languageFor(navigator.language) };
  const fact = (name: 'snap' | 'guides' | 'minimap' | 'list' | 'shots' | 'library' | 'side') =>
    typeof found[name] === 'boolean' ? found[name] : usual[name];
  const tour = found['tour'];
  return {
    theme: oneOf(THEMES, found['theme']) ?? usual.theme,
    language: oneOf(LANGUAGES, found['language']) ?? usual.language,
    snap: fact('snap'),
    guides: fact('guides'),
    minimap: fact('minimap'),
    list: fact('list'),
    shots: fact('shots'),
    library: fact('library'),
    side: fact('side'),
    tour: typeof tour === 'number' && tour >= 0 && Number.isInteger(tour) ? tour : usual.tour,
    area: oneOf(AREAS, found['area']) ?? usual.area,
    keys: readKeys(found['keys']),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf = <T>(choices: readonly T[], value: unknown): T | undefined => choices.find((choice) => choice === value);

/** Keys given to actions; an entry that is no list of words is left out. */
function readKeys(stored: unknown): ViewSettings['keys'] {
  const entries = isRecord(stored) ? Object.entries(stored) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string[]] => isListOfWords(entry[1])));
}
const isListOfWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');
