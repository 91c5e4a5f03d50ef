/** What opens and closes the two sides of the canvas. */
import { PanelLeft, PanelRight } from 'lucide-react';
import { useApp, useFact } from '../app-context.ts';
import { LIBRARY, switchLibrary, useIsNarrow } from '../narrow.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

const LOOK = 'button button--quiet button--icon';

export function LibrarySwitch() {
  const app = useApp();
  const isOpen = useFact(app.workspace, (state) => state.view.library);
  const isNarrow = useIsNarrow();
  return (
    <button
      className={LOOK}
      type="button"
      aria-label={t('Node library')}
      {...tip(t('Node library ([)'))}
      {...(isNarrow ? { popoverTarget: LIBRARY } : { 'aria-pressed': isOpen, onClick: () => switchLibrary(app) })}
    >
      <PanelLeft size={16} aria-hidden />
    </button>
  );
}

export function SideSwitch() {
  const { workspace } = useApp();
  const isOpen = useFact(workspace, (state) => state.view.side);
  return (
    <button
      className={LOOK}
      type="button"
      aria-label={t('Inspector, checklist and history')}
      aria-pressed={isOpen}
      {...tip(t('Inspector, checklist and history (])'))}
      onClick={() => workspace.setView({ side: !isOpen })}
    >
      <PanelRight size={16} aria-hidden />
    </button>
  );
}
