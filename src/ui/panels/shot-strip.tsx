/** The shots of a film in order: stills that are approved before their clips are made, durations, joins. */
import { Clapperboard, Film, Image, Plus } from 'lucide-react';
import { Fragment, useRef, type ReactNode } from 'react';
import { inside } from '../../graph/instance.ts';
import { isSameEnd } from '../../graph/graph.ts';
import { addFilm, addShot, moveShot } from '../../graph/shot-edits.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact, type App } from '../app-context.ts';
import { nameOf } from '../node-facts.ts';
import { homeOf, useShotFacts, type ShotFacts, type ShownFilm } from '../shot-facts.ts';
import { inSeconds } from '../units.ts';
import { tip } from '../widgets/tip.ts';
import { ShotCard } from './shot-card.tsx';
import { ShotJoin } from './shot-join.tsx';
import { useShotDrag } from './shot-drag.ts';
import { t } from '../../words/t.ts';
import './shot-strip.css';

/** `tools`: what stands at the end of its head. */
export function ShotStrip({ shown, tools }: { readonly shown: ShownFilm; readonly tools?: ReactNode }) {
  const { document, registry, workspace } = useApp();
  const { film, shots } = shown;
  const chosen = useFact(workspace, (state) => state.selection[0]);
  const readOnly = useFact(document, (state) => state.readOnly);
  const facts = useShotFacts(shots);
  const list = useRef<HTMLOListElement>(null);
  const move = (from: number, to: number) =>
    document.edit('Move shot', (draft) => moveShot(draft, registry, film, from, to));
  const { drag, handlers } = useShotDrag(list, move);
  return (
    <>
      <div className="shots__head">
        <Clapperboard size={15} aria-hidden />
        <FilmChoice shown={shown} />
        <span className="shots__sum tabular" {...tip(sumInWords(facts))}>
          {sumInWords(facts)}
        </span>
        <Waiting facts={facts} />
        {!readOnly && <AddShot film={film} after={shots.findIndex((shot) => homeOf(shot) === chosen)} />}
        <RunButtons facts={facts} />
        {tools}
      </div>
      {shots.length === 0 && (
        <p className="shots__empty">{t('This film has no shots yet. Add one, or connect clips to it.')}</p>
      )}
      <ol className="shots__list" ref={list} aria-label={t('Shots')}>
        {facts.map((one, at) => (
          <Fragment key={one.shot.wire}>
            <ShotCard
              facts={one}
              at={at}
              of={facts.length}
              film={film}
              readOnly={readOnly}
              drag={readOnly ? undefined : handlers(at)}
              isDragged={drag?.from === at}
              isTarget={drag !== undefined && drag.to === at && drag.from !== at}
              onMove={(to) => move(at, to)}
            />
            {one.shot.join && <ShotJoin facts={one} next={facts[at + 1]!} at={at} film={film} readOnly={readOnly} />}
          </Fragment>
        ))}
      </ol>
    </>
  );
}

/** A film that lies beside all that is there. */
export function beginFilm({ document, registry, workspace }: App): void {
  const film = document.edit('Begin a film', (draft) => {
    const right = Math.max(-304, ...Object.values(draft.nodes).map(({ position }) => position.x));
    const made = addFilm(draft, registry, { x: right + 5 * 304, y: 0 });
    if (made) addShot(draft, registry, made);
    return made;
  });
  if (film) workspace.select([film]);
}

/** Behind the shot that is chosen; -1: behind all. */
function AddShot({ film, after }: { readonly film: NodeId; readonly after: number }) {
  const { document, registry } = useApp();
  function add(): void {
    const prompt = document.edit('Add shot', (draft) => addShot(draft, registry, film, after < 0 ? undefined : after));
    // What it shows is said first, as soon as its field is there.
    requestAnimationFrame(() => window.document.querySelector<HTMLElement>(`[data-prompt="${prompt}"]`)?.focus());
  }
  return (
    <button
      className="button"
      type="button"
      {...tip(t('A prompt, a still, a gate, a motion and a clip. The shot before ends with the new still.'))}
      onClick={add}
    >
      <Plus size={14} aria-hidden /> {t('Add shot')}
    </button>
  );
}

/** Its name, or which of several films is shown. */
function FilmChoice({ shown: { film, films } }: { readonly shown: ShownFilm }) {
  const { document, registry, workspace } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const path = useFact(document, (state) => state.path.join('/'));
  const titleOf = (id: NodeId) => nameOf(graph, registry, inside(path, id)).split(', ').at(-1)!;
  if (films.length < 2) return <h2>{t('Shots')}</h2>;
  return (
    <select
      className="field shots__film"
      aria-label={t('Film')}
      value={film}
      onChange={(event) => workspace.select([event.target.value as NodeId])}
    >
      {films.map((id, at) => (
        <option key={id} value={id}>
          {t('{0}. {1}', at + 1, titleOf(id))}
        </option>
      ))}
    </select>
  );
}

function sumInWords(facts: readonly ShotFacts[]): string {
  const seconds = facts.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
  const stills = facts.filter(({ shot }) => shot.still?.isTake);
  const approved = stills.filter(({ verdict }) => verdict === 'accepted').length;
  const parts = [
    t('{0} {0|shot|shots}', facts.length),
    ...(seconds > 0 ? [inSeconds(seconds, 1)] : []),
    ...(stills.length > 0 ? [t('{0} of {1} {1|still|stills} approved', approved, stills.length)] : []),
  ];
  return parts.join(', ');
}

/**
 * What was approved and nobody makes now, as after a reload: a run that waits goes on by itself, and a verdict alone
 * spends nothing.
 */
function Waiting({ facts }: { readonly facts: readonly ShotFacts[] }) {
  const { runs } = useApp();
  const isAwaited = useFact(runs, (state) => state.running || state.waiting !== undefined);
  const clips = clipsToMake(facts).length;
  const isOpen = facts.some(({ shot, verdict }) => shot.still?.isTake && verdict === 'accepted');
  if (isAwaited || clips === 0 || !isOpen) return null;
  return (
    <span
      className="shots__waiting"
      role="status"
      {...tip(t('Their stills are approved, and no run waits for them: Make clips goes on.'))}
    >
      {t('{0} {0|clip waits|clips wait}', clips)}
    </span>
  );
}

/** The clips that can be made now: both stills that a clip is between have to be approved before it. */
const clipsToMake = (facts: readonly ShotFacts[]): readonly ShotFacts[] =>
  facts.filter(
    (one, at) =>
      one.isApproved &&
      (!endsWithNext(one, facts[at + 1]) || facts[at + 1]!.isApproved) &&
      one.shot.kind !== 'own' &&
      !isThere(one.clip),
  );

/** Cents first: stills alone; then the clips of those that were approved. */
function RunButtons({ facts }: { readonly facts: readonly ShotFacts[] }) {
  const { document, runs, commands } = useApp();
  const path = useFact(document, (state) => state.path.join('/'));
  const running = useFact(runs, (state) => state.running);
  const readOnly = useFact(document, (state) => state.readOnly);
  const flat = (nodes: readonly NodeId[]) => nodes.map((id) => inside(path, id));
  const stills = facts.filter(
    ({ shot, still, verdict }) => shot.still?.isTake && verdict !== 'accepted' && !isThere(still),
  );
  const clips = clipsToMake(facts);
  return (
    <>
      <button
        className="button"
        type="button"
        disabled={running || readOnly || stills.length === 0}
        {...tip(t('Only the stills are made, up to their gates'))}
        onClick={() => void commands.startRun(flat(stills.map(({ shot }) => shot.still!.from.node)))}
      >
        <Image size={14} aria-hidden />{' '}
        {stills.length > 0 ? t('Make {0} {0|still|stills}', stills.length) : t('Make stills')}
      </button>
      <button
        className={clips.length > 0 && stills.length === 0 ? 'button button--primary' : 'button'}
        type="button"
        disabled={running || readOnly || clips.length === 0}
        {...tip(t('The clips of approved stills; the others wait'))}
        onClick={() => void commands.startRun(flat(clips.map(({ shot }) => shot.node)), 'as they are')}
      >
        <Film size={14} aria-hidden /> {clips.length > 0 ? t('Make {0} {0|clip|clips}', clips.length) : t('Make clips')}
      </button>
    </>
  );
}

const endsWithNext = ({ shot: { end } }: ShotFacts, next: ShotFacts | undefined): boolean =>
  end?.from !== undefined && next?.shot.still !== undefined && isSameEnd(end.from, next.shot.still.from);

const isThere = ({ value, isStale }: ShotFacts['still'] | ShotFacts['clip']): boolean =>
  value !== undefined && !isStale;
