/** How large the canvas is drawn; pressed, it is drawn at its own size. */
import { useReactFlow, useStore } from '@xyflow/react';
import { glideMs } from '../canvas/fit.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

export default function ZoomReadout() {
  const { zoomTo } = useReactFlow();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <button
      className="button button--quiet topbar__zoom tabular"
      type="button"
      aria-label={t('Zoom: {0} %', percent)}
      {...tip(t('Zoom to 100 % (0); + and − zoom'))}
      onClick={() => void zoomTo(1, { duration: glideMs() })}
    >
      {percent} %
    </button>
  );
}
