import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/base.css';
import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import '../ui/theme/editor.css';
import '../ui/theme/marks.css';
import '../ui/theme/pages.css';
import '../ui/theme/batch.css';
import { AppContext } from '../ui/app-context.ts';
import { Shell } from '../ui/shell.tsx';
import { compose } from './compose.ts';
import { speak } from '../ui/words/t.ts';
import { storedView } from './view.ts';

// Without a secure address there is no offline copy; everything else works.
const keepOfflineCopy = () => void navigator.serviceWorker?.register('sw.js').catch(() => {});
if (import.meta.env.PROD) {
  // WebKit may be done with loading before this module runs.
  if (document.readyState === 'complete') keepOfflineCopy();
  else window.addEventListener('load', keepOfflineCopy);
}

const { language } = storedView();
document.documentElement.lang = language;
// Before anything is drawn: words are looked up as they are written.
if (language === 'de') speak((await import('../ui/words/de.ts')).de);

createRoot(document.getElementById('root')!).render(
  <AppContext value={compose()}>
    <Shell />
  </AppContext>,
);
