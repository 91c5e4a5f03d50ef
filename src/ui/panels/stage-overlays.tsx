/** What lies over the canvas when there is reason: the way into a component, tools for what is selected, the search. */
import { OverlayFence, SelectionFence } from '../fence.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Crumbs } from './crumbs.tsx';
import { FindBar } from './find-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { Solo } from './solo.tsx';
import { t } from '../../words/t.ts';

export default function StageOverlays() {
  return (
    <>
      <SelectionFence what={t('The selection bar')} room="line">
        <Crumbs />
        <SelectionBar />
      </SelectionFence>
      <OverlayFence what={t('The search')} over="finding">
        <FindBar />
      </OverlayFence>
      <OverlayFence what={t('The result kept on screen')} over="solo">
        <Solo />
      </OverlayFence>
      <ContextMenu />
    </>
  );
}
