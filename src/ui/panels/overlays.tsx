/** What lies over the editor when it is asked for. */
import { Suspense } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { OverlayFence } from '../fence.tsx';
import { ByHand } from './by-hand.tsx';
import { part } from '../part.tsx';
import { Finder } from './finder.tsx';
import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Viewer } from './viewer.tsx';
import { t } from '../../words/t.ts';

const PictureEditor = part(() => import('./picture-editor.tsx'));

export default function Overlays() {
  const { workspace } = useApp();
  const isDrawing = useFact(workspace, (state) => state.drawingOn !== undefined);
  return (
    <>
      <OverlayFence what={t('The search for nodes')} over="adding">
        <Finder />
      </OverlayFence>
      <OverlayFence what={t('The large view')} over="viewing">
        <Viewer />
      </OverlayFence>
      <OverlayFence what={t('The list of shortcuts')} over="sheet">
        <ShortcutSheet />
      </OverlayFence>
      <OverlayFence what={t('The command palette')} over="palette">
        <Palette />
      </OverlayFence>
      <OverlayFence what={t('The picture editor')} over="drawingOn">
        {isDrawing && (
          <Suspense fallback={null}>
            <PictureEditor />
          </Suspense>
        )}
      </OverlayFence>
      <ByHand />
    </>
  );
}
