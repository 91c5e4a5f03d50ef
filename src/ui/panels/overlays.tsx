/** What lies over the editor when it is asked for. */
import { OverlayFence } from '../fence.tsx';
import { ByHand } from './by-hand.tsx';
import { Finder } from './finder.tsx';
import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Viewer } from './viewer.tsx';
import { t } from '../../words/t.ts';

export default function Overlays() {
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
      <ByHand />
    </>
  );
}
