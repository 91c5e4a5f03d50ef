/**
 * One result, large. Arrow keys walk through takes or results; 0 fits, 1 shows each pixel, A and R judge the take, C holds it
 * against another, I tells how it was made, D downloads; of a clip Space plays, and comma and full stop step.
 */
import { Check, ChevronLeft, ChevronRight, Download, Grid3x3, Info, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { nodeIds } from '../../graph/graph.ts';
import type { MadeTake } from '../../ledger/audit.ts';
import { nthOf } from '../../ledger/receipt.ts';
import type { WorkspaceState } from '../../state/workspace.ts';
import { useApp, useFact } from '../app-context.ts';
import { againstOf } from '../comparable.ts';
import { comboOf } from '../keys.ts';
import { pictureIn } from '../media.tsx';
import { flatId, outputsOf } from '../node-facts.ts';
import { part } from '../part.tsx';
import { slotsOf, useOnScreen, useTakeOf } from '../shown-takes.ts';
import { percent } from '../units.ts';
import { WHOLE } from '../zoom.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { decimal } from '../../core/figures.ts';
import { named, tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { useViewedClip } from './viewed-clip.ts';
import { ClipBar } from './viewer-clip-bar.tsx';
import { ViewerFacts } from './viewer-facts.tsx';
import { useLookingStage, ViewerStage } from './viewer-stage.tsx';
import './viewer.css';

const PairViewer = part(() => import('./pair-viewer.tsx'));

export type Viewed = NonNullable<WorkspaceState['viewing']>;
/** `walk`: what there is to walk through, in place of the results on the canvas. */
export function Viewer({ walk }: { readonly walk?: readonly Viewed[] }) {
  const { workspace } = useApp();
  const viewing = useFact(workspace, (state) => state.viewing);
  if (!viewing) return null;
  if (!viewing.against) return <OpenViewer viewing={viewing} walk={walk} />;
  return (
    <Suspense fallback={null}>
      <PairViewer viewing={viewing} against={viewing.against} walk={walk} />
    </Suspense>
  );
}

/** What the arrows walk through: what the screen says, else takes of one deliverable, else all that the canvas shows. */
function useWalk(viewing: Viewed, walk: readonly Viewed[] | undefined): readonly Viewed[] {
  const { document, runs, desk } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  if (walk) return walk;
  const { made } = viewing;
  if (made) {
    const own = slotsOf(takes, made.take.node).find(({ name }) => name === made.take.slot)?.takes ?? [made.take];
    return own.flatMap((take) =>
      take.artifact ? [{ node: viewing.node, value: take.artifact, made: { take, nth: nthOf(take, own) } }] : [],
    );
  }
  const { graph, board } = document.getState();
  const pictureOf = (id: NodeId) => pictureIn(outputsOf(graph, runs.getState(), flatId({ document }, id)));
  return nodeIds(board)
    .sort((a, b) => board.nodes[a]!.position.x - board.nodes[b]!.position.x)
    .flatMap((id) => {
      const value = pictureOf(id);
      return value ? [{ node: id, value }] : [];
    });
}

interface Opened {
  readonly viewing: Viewed;
  readonly walk: readonly Viewed[] | undefined;
}
function OpenViewer({ viewing, walk }: Opened) {
  const { workspace, document, runs, registry, desk, commands } = useApp();
  const { value, made } = viewing;
  const here = useTakeOf(flatId({ document }, viewing.node), value.hash);
  const ofMade = useFact(desk, ({ takes }) => takes.find(({ id }) => id === made?.take.id));
  const take = made ? (ofMade ?? made.take) : here;
  useOnScreen(take ? [take] : []);
  const wayOut = useRef<HTMLButtonElement>(null);
  const [isTold, setTold] = useState(false);
  const stage = useLookingStage(value);
  const clip = useViewedClip(value, viewing.from);
  const all = useWalk(viewing, walk);
  const at = all.findIndex(
    (one) =>
      one.node === viewing.node && (!walk || one.value.hash === value.hash) && one.made?.take.id === made?.take.id,
  );
  const close = () => workspace.setState({ viewing: undefined });
  const step = (by: number) => {
    const next = all[(at + by + all.length) % all.length];
    if (!next) return;
    // What is looked at last in the strip is what a verdict there is about.
    const picked = !walk && next.made ? { picked: { take: next.made.take.id, newest: all.at(-1)!.made!.take.id } } : {};
    workspace.setState({ viewing: next, ...picked });
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
  const other = againstOf({ document, runs, registry, desk }, value, walk);
  const compare = () => other && workspace.setState({ viewing: { ...viewing, against: other } });
  const node = document.getState().board.nodes[viewing.node];
  const title = made?.title ?? node?.title ?? registry.get(node?.type ?? '')?.title ?? t('Result');
  const isMade = (one: typeof take): one is MadeTake => one?.artifact !== undefined;
  const download = () => void (isMade(take) ? commands.downloadTake(take) : commands.downloadShown(value, title));
  const keys: Readonly<Record<string, (() => unknown) | undefined>> = {
    arrowright: () => step(1),
    arrowleft: () => step(-1),
    '0': () => stage.setZoom(WHOLE),
    '1': stage.showActual,
    z: () => (stage.isActual ? stage.setZoom(WHOLE) : stage.showActual()),
    '+': () => stage.zoomBy(1),
    '=': () => stage.zoomBy(1),
    '-': () => stage.zoomBy(-1),
    i: () => setTold(!isTold),
    d: download,
    c: other && compare,
    a: judged && accept,
    r: judged && reject,
    ...clip?.keys,
  };
  return (
    <Sheet
      heading={t('Result of {0}', title)}
      headingIs="unseen"
      className="viewer"
      begin={wayOut}
      onClose={close}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const combo = comboOf(event);
        const act = keys[combo];
        // A field has its own keys, and so has a button that Tab went to.
        if (!act || target.matches('input, select')) return;
        if (combo === 'space' && target.closest('button:not([data-rests])')) return;
        act();
        event.preventDefault();
      }}
    >
      <div className="viewer__bar">
        <strong className="viewer__title">{title}</strong>
        <span className="viewer__size tabular">
          {made && `${t('take {0}', made.nth)} · `}
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
        {all.length > 1 && (
          <span className="viewer__walk tabular">
            <button
              className="button button--icon"
              type="button"
              {...named(t('Previous (←)'))}
              onClick={() => step(-1)}
            >
              <ChevronLeft size={16} aria-hidden />
            </button>
            {at >= 0 && t('{0} of {1}', at + 1, all.length)}
            <button className="button button--icon" type="button" {...named(t('Next (→)'))} onClick={() => step(1)}>
              <ChevronRight size={16} aria-hidden />
            </button>
          </span>
        )}
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
              <Check size={14} aria-hidden /> <span className="viewer__word">{t('Accept')}</span>
            </button>
            <button className="button" type="button" {...tip(t('Reject it and take another (R)'))} onClick={reject}>
              <X size={14} aria-hidden /> <span className="viewer__word">{t('Reject')}</span>
            </button>
          </>
        )}
        {other && (
          <button className="button" type="button" {...tip(t('With another result (C)'))} onClick={compare}>
            <Grid3x3 size={14} aria-hidden /> <span className="viewer__word">{t('Compare')}</span>
          </button>
        )}
        <span className="viewer__zoom">
          <button
            className="button"
            type="button"
            {...tip(t('All of it (0)'))}
            aria-pressed={stage.zoom.scale === 1}
            onClick={() => stage.setZoom(WHOLE)}
          >
            {t('Fit')}
          </button>
          <button
            className="button"
            type="button"
            {...tip(t('Each pixel of it one of the screen (1)'))}
            aria-pressed={stage.isActual}
            onClick={stage.showActual}
          >
            {t('1:1')}
          </button>
          <output className="tabular" aria-label={t('Zoom')}>
            {stage.share === undefined ? '' : percent(stage.share)}
          </output>
        </span>
        <button className="button button--icon" type="button" {...named(t('Download (D)'))} onClick={download}>
          <Download size={15} aria-hidden />
        </button>
        <button
          className="button button--icon"
          type="button"
          {...named(t('How it was made (I)'))}
          aria-pressed={isTold}
          onClick={() => setTold(!isTold)}
        >
          <Info size={15} aria-hidden />
        </button>
        <button
          ref={wayOut}
          data-rests
          className="button button--icon"
          type="button"
          aria-label={t('Close')}
          onClick={close}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <div className="viewer__body" data-told={isTold}>
        <ViewerStage key={value.hash} stage={stage} value={value} of={title} clip={clip} />
        {isTold && <ViewerFacts take={take} value={value} />}
      </div>
      {clip && <ClipBar clip={clip} />}
    </Sheet>
  );
}
