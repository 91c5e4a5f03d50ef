/** What lies over the canvas when there is reason: the way into a component, tools for what is selected, the search, the
 * lesson. */
import { Suspense } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { DropGhost } from '../canvas/drop-ghost.tsx';
import { usePinching } from '../canvas/pinching.ts';
import { Fence, OverlayFence, SelectionFence } from '../fence.tsx';
import { part } from '../part.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Crumbs } from './crumbs.tsx';
import { FindBar } from './find-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { Solo } from './solo.tsx';
import { t } from '../../words/t.ts';
import './stage-foot.css';

const LessonPanel = part(() => import('./lesson-panel.tsx'));

export default function StageOverlays() {
  const { teaching } = useApp();
  usePinching();
  const isLesson = useFact(teaching, (state) => state.lesson !== undefined);
  return (
    <>
      <div className="stage__foot">
        {isLesson && (
          <Fence what={t('The lesson')} room="line">
            <Suspense fallback={null}>
              <LessonPanel />
            </Suspense>
          </Fence>
        )}
      </div>
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
      <DropGhost />
      <ContextMenu />
    </>
  );
}
