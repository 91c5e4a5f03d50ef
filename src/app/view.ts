/** How this person likes the editor, between visits. */
import { USUAL_VIEW, type ViewSettings } from '../state/workspace.ts';

const KEY = 'triptych-view';

export function storedView(): ViewSettings {
  const language = navigator.language.startsWith('de') ? 'de' : 'en';
  try {
    return { ...USUAL_VIEW, language, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<ViewSettings>) };
  } catch {
    return { ...USUAL_VIEW, language };
  }
}
export const keepView = (view: ViewSettings): void => localStorage.setItem(KEY, JSON.stringify(view));
