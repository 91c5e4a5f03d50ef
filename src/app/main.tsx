import { createRoot } from 'react-dom/client';
import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import '../ui/theme/widgets.css';
import { loadPart } from '../load-part.ts';
import { openStorage } from '../storage/open.ts';
import { AppContext } from '../ui/app-context.ts';
import { Fence, StoppedScreen } from '../ui/fence.tsx';
import { watchSheets } from '../ui/lost-sheets.ts';
import { Shell } from '../ui/shell.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { showTipsFromFirstUse } from '../ui/widgets/tip.ts';
import { compose } from './compose.ts';
import { bearForeignText } from './foreign-text.ts';
import { listenForTrouble } from './trouble.ts';
import { wordsIn } from '../words/languages.ts';
import { speak, t } from '../words/t.ts';
import { storedView } from './view.ts';

/** In a function: other files of the build wait for this one, and must not wait for storage. */
async function begin(): Promise<void> {
  bearForeignText();
  watchSheets();
  const { language } = storedView();
  document.documentElement.lang = language;
  // Before anything is drawn: words are looked up as they are written. Without them the app speaks English.
  const words = await loadPart(() => wordsIn(language)).catch(() => undefined);
  if (words) speak(language, words);

  const trouble = listenForTrouble();
  showTipsFromFirstUse();
  const root = createRoot(document.getElementById('root')!, { onCaughtError: trouble.shown });
  try {
    const storage = await openStorage((what, goOn) => root.render(<Waiting what={what} onGoOn={goOn} />));
    const app = compose(storage, trouble);
    root.render(
      <AppContext value={app}>
        <Fence what={t('Triptych')} room="screen">
          <Shell />
        </Fence>
      </AppContext>,
    );
  } catch (error) {
    trouble.shown(error);
    root.render(<StoppedScreen what={t('Triptych')} error={error} resetErrorBoundary={() => location.reload()} />);
  }
}
void begin();
