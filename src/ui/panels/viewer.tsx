/**
 * One result, large. Arrow keys walk through all results; Z switches between fitted and actual size, A and R judge the
 * take, C holds it against another.
 */
import { Check, Grid3x3, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { nodeIds } from '../../graph/graph.ts';
import type { WorkspaceState } from '../../state/workspace.ts';
import { useApp, useFact } from '../app-context.ts';
import { againstOf } from '../comparable.ts';
import { comboOf } from '../keys.ts';
import { Media, pictureIn } from '../media.tsx';
import { flatId, outputsOf } from '../node-facts.ts';
import { part } from '../part.tsx';
import { useOnScreen, useTakeOf } from '../shown-takes.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { decimal } from '../../core/figures.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './viewer.css';

const PairViewer = part(() => import('./pair-viewer.tsx'));

export type Viewed = NonNullable<WorkspaceState['viewing']>;
/** `walk`: what there is to walk through, in place of the results on the canvas. */
export function Viewer({ walk }: { readonly walk?: readonly Viewed[] }) {
  const { workspace } = useApp();
  const viewing = useFact(workspace, (state) => state.viewing);
  if (!viewing) return null;
  if (!viewing.against) return <OpenViewer walk={walk} />;
  return (
    <Suspense fallback={null}>
      <PairViewer viewing={viewing} against={viewing.against} />
    </Suspense>
  );
}

function OpenViewer({ walk }: { readonly walk: readonly Viewed[] | undefined }) {
  const { workspace, document, runs, registry, desk, commands } = useApp();
  const viewing = useFact(workspace, (state) => state.viewing)!;
  const [actual, setActual] = useState(false);
  const take = useTakeOf(flatId({ document }, viewing.node), viewing.value.hash);
  useOnScreen(take ? [take] : []);
  const wayOut = useRef<HTMLButtonElement>(null);
  const close = () => workspace.setState({ viewing: undefined });
  const { graph, board } = document.getState();
  const pictureOf = (id: NodeId) => pictureIn(outputsOf(graph, runs.getState(), flatId({ document }, id)));
  const results = (): Viewed[] =>
    nodeIds(board)
      .sort((a, b) => board.nodes[a]!.position.x - board.nodes[b]!.position.x)
      .flatMap((id) => {
        const value = pictureOf(id);
        return value ? [{ node: id, value }] : [];
      });
  const step = (by: number) => {
    const all = walk ?? results();
    const at = all.findIndex(
      ({ node: id, value: { hash } }) => id === viewing.node && (!walk || hash === viewing.value.hash),
    );
    const next = all[(at + by + all.length) % all.length];
    if (next) workspace.setState({ viewing: next });
  };
  /**
   * The take that is looked at, where it stands in the editor; elsewhere there is no strip that shows what became of
   * it.
   */
  const judged = walk ? undefined : take;
  const accept = () => judged && void commands.accept(judged);
  const reject = () => {
    if (!judged || runs.getState().running) return;
    close();
    workspace.select([viewing.node]);
    workspace.setState({ rejecting: judged.id });
  };
  const other = againstOf({ document, runs, registry, desk }, viewing.value, walk);
  const compare = () => other && workspace.setState({ viewing: { ...viewing, against: other } });
  const node = board.nodes[viewing.node];
  const title = node?.title ?? registry.get(node?.type ?? '')?.title ?? t('Result');
  const { value } = viewing;
  return (
    <Sheet
      heading={t('Result of {0}', title)}
      headingIs="unseen"
      className="viewer"
      begin={wayOut}
      onClose={close}
      onKeyDown={(event) => {
        const combo = comboOf(event);
        if (combo === 'arrowright') step(1);
        else if (combo === 'arrowleft') step(-1);
        else if (combo === 'z') setActual(!actual);
        else if (combo === 'c' && other) compare();
        else if (combo === 'a' && judged) accept();
        else if (combo === 'r' && judged) reject();
        else return;
        event.preventDefault();
      }}
    >
      <div className="viewer__bar">
        <strong>{title}</strong>
        <span className="tabular">
          {value.kind === 'video'
            ? t(
                '{0} × {1}, {2} s, {3} {3|frame|frames}',
                value.width,
                value.height,
                decimal(value.frames / value.fps, 2),
                value.frames,
              )
            : `${value.width} × ${value.height}`}
        </span>
        <span className="viewer__space" />
        {judged && (
          <>
            <button
              className="button"
              type="button"
              {...tip(t('Accept this take (A)'))}
              aria-pressed={judged.verdict.state === 'accepted'}
              onClick={accept}
            >
              <Check size={14} aria-hidden /> {t('Accept')}
            </button>
            <button className="button" type="button" {...tip(t('Reject it and take another (R)'))} onClick={reject}>
              <X size={14} aria-hidden /> {t('Reject')}
            </button>
          </>
        )}
        {other && (
          <button className="button" type="button" {...tip(t('With another result (C)'))} onClick={compare}>
            <Grid3x3 size={14} aria-hidden /> {t('Compare')}
          </button>
        )}
        <button className="button" type="button" aria-pressed={actual} onClick={() => setActual(!actual)}>
          {actual ? t('Fit to window') : t('Actual size')}
        </button>
        <button ref={wayOut} className="button button--icon" type="button" aria-label={t('Close')} onClick={close}>
          <X size={16} aria-hidden />
        </button>
      </div>
      <div className="viewer__stage" data-zoom={actual ? 'actual' : 'fit'}>
        <Media key={value.hash} value={value} of={title} controls around={viewing.from} />
      </div>
    </Sheet>
  );
}
