/** The strip of shots under the canvas, where the board has a film; folded, it is one line. */
import { useReactFlow } from '@xyflow/react';
import { ChevronDown, ChevronUp, Maximize2 } from 'lucide-react';
import { useLayoutEffect, useState } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { fit } from '../canvas/fit.ts';
import { linkTo } from '../navigation.ts';
import { useFilm, type ShownFilm } from '../shot-facts.ts';
import { named } from '../widgets/tip.ts';
import { HandOffButton } from './hand-off-button.tsx';
import { ShotStrip } from './shot-strip.tsx';
import { t } from '../../words/t.ts';

export default function ShotsDock() {
  const app = useApp();
  const flow = useReactFlow();
  const shown = useFilm();
  const [opensWithFilm] = useState(shown !== undefined);
  // The canvas was fitted to its stage before this came and took some of it.
  useLayoutEffect(() => {
    if (opensWithFilm) void fit(app, flow, undefined, 0);
  }, [app, flow, opensWithFilm]);
  return shown ? <Dock shown={shown} /> : null;
}

function Dock({ shown }: { readonly shown: ShownFilm }) {
  const { document, workspace } = useApp();
  const open = useFact(workspace, (state) => state.view.shots);
  const id = useFact(document, (state) => state.id)!;
  return (
    <section className="shots shots--dock" aria-label={t('The strip of shots')} data-open={open}>
      <ShotStrip
        shown={shown}
        tools={
          <>
            <HandOffButton film={shown.film} />
            <a
              className="button button--quiet button--icon"
              href={linkTo({ screen: 'shots', id })}
              {...named(t('The shots on a page of their own'))}
            >
              <Maximize2 size={14} aria-hidden />
            </a>
            <button
              className="button button--quiet button--icon"
              type="button"
              aria-expanded={open}
              {...named(open ? t('Fold the strip') : t('Unfold the strip'))}
              onClick={() => workspace.setView({ shots: !open })}
            >
              {open ? <ChevronDown size={15} aria-hidden /> : <ChevronUp size={15} aria-hidden />}
            </button>
          </>
        }
      />
    </section>
  );
}
