/** One shot on the strip. */
import { Check, Trash2, TriangleAlert, X } from 'lucide-react';
import { useState, type CSSProperties, type KeyboardEvent } from 'react';
import { inside } from '../../graph/instance.ts';
import { setParam } from '../../graph/edits.ts';
import { removeShot, setMotion } from '../../graph/shot-edits.ts';
import type { ShotKind } from '../../graph/shots.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { comboOf } from '../keys.ts';
import { Media } from '../media.tsx';
import { takeToJudge } from '../selection-edits.ts';
import { homeOf, type ShotFacts } from '../shot-facts.ts';
import { inSeconds, percent } from '../units.ts';
import { named } from '../widgets/tip.ts';
import type { DragHandlers } from './shot-drag.ts';
import { SECOND_PX, ShotEdge } from './shot-edge.tsx';
import { t, tell, w } from '../../words/t.ts';

const KINDS: Readonly<Record<Exclude<ShotKind, 'still'>, string>> = {
  text: w('from words alone'),
  continued: w('goes on from a clip'),
  own: w('your own clip'),
  component: w('from a component'),
  joined: w('a film of its own'),
  unknown: w('made in another way'),
};
/** As wide as controls need, plus so much for each second. */
const LEAST_PX = 116;

export function ShotCard({
  facts,
  at,
  of,
  film,
  readOnly,
  drag,
  isDragged,
  isTarget,
  onMove,
}: {
  readonly facts: ShotFacts;
  readonly at: number;
  readonly of: number;
  readonly film: NodeId;
  readonly readOnly: boolean;
  readonly drag: DragHandlers | undefined;
  readonly isDragged: boolean;
  readonly isTarget: boolean;
  readonly onMove: (to: number) => void;
}) {
  const app = useApp();
  const { document, registry, workspace, commands } = app;
  const { shot, still, clip, duration, move, verdict } = facts;
  const [preview, setPreview] = useState<number>();
  const path = useFact(document, (state) => state.path.join('/'));
  const home = homeOf(shot);
  const isChosen = useFact(workspace, (state) => state.selection[0] === home);
  const running = useFact(app.runs, (state) => state.running);
  const seconds = preview ?? facts.seconds;
  const value = clip.value && !clip.isStale ? clip.value : (still.value ?? clip.value);
  const nth = at + 1;

  async function judge(how: 'accept' | 'reject'): Promise<void> {
    if (!shot.still?.isTake || (how === 'reject' && running)) return;
    const take = await takeToJudge(app, inside(path, shot.still.maker));
    if (take === undefined || take === 'at work') return workspace.notify('info', t('There is no still to judge yet.'));
    if (how === 'accept') {
      // What was asked before, of this still or another, is not asked any more.
      workspace.setState({ rejecting: undefined });
      return commands.accept(take);
    }
    workspace.select([home]);
    workspace.setState({ rejecting: take.id });
  }
  const remove = () => document.edit('Remove shot', (draft) => removeShot(draft, registry, film, shot.wire));
  // Keys go on from where they were pressed.
  const removeByKey = (card: HTMLElement) => {
    remove();
    focusShot(card, Math.min(at, of - 2));
  };
  const moveByKey = (card: HTMLElement, to: number) => {
    if (to < 0 || to >= of) return;
    onMove(to);
    focusShot(card, to);
  };
  const keys: Readonly<Record<string, (card: HTMLElement) => unknown>> = {
    a: () => judge('accept'),
    r: () => judge('reject'),
    ...(readOnly
      ? {}
      : {
          delete: removeByKey,
          backspace: removeByKey,
          'alt+arrowleft': (card: HTMLElement) => moveByKey(card, at - 1),
          'alt+arrowright': (card: HTMLElement) => moveByKey(card, at + 1),
        }),
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const act = keys[comboOf(event.nativeEvent)];
    // In a field, and in a list of choices, keys are typed.
    if (!act || target.matches('input, select, textarea') || target.closest('.reject')) return;
    event.preventDefault();
    event.stopPropagation();
    void act(event.currentTarget);
  };
  const set = (param: string, next: unknown, label: string) =>
    document.edit(label, (draft) => setMotion(draft, registry, shot, param, next));
  return (
    <li
      className="shot"
      data-kind={shot.kind}
      data-chosen={isChosen}
      data-dragged={isDragged}
      data-target={isTarget}
      style={{ '--width': `${LEAST_PX + SECOND_PX * (seconds ?? 2)}px` } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div className="shot__head">
        <span
          className="shot__grip tabular"
          {...drag}
          {...named(t('Drag shot {0} to another place; Alt and an arrow key move it too', nth))}
        >
          {nth}
        </span>
        <PromptField facts={facts} nth={nth} readOnly={readOnly} />
        {!readOnly && (
          <button className="shot__remove" type="button" {...named(t('Remove shot {0}', nth))} onClick={remove}>
            <Trash2 size={12} aria-hidden />
          </button>
        )}
      </div>
      <div className="shot__frame">
        <button
          className="shot__picture"
          type="button"
          aria-label={t('Shot {0} of {1}, {2}', nth, of, stateInWords(facts))}
          aria-pressed={isChosen}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && workspace.select([home])}
          onClick={() => workspace.select([home])}
          onDoubleClick={() => value && workspace.setState({ viewing: { node: shot.node, value } })}
        >
          {value ? (
            <Media key={value.hash} value={value} of={t('shot {0}', nth)} />
          ) : (
            <span className="shot__nothing">{stateInWords(facts)}</span>
          )}
          {value && (
            <span className="shot__state" data-verdict={verdict}>
              {stateInWords(facts)}
            </span>
          )}
        </button>
        {still.value && facts.take && verdict !== 'accepted' && !readOnly && (
          <span className="shot__verdicts">
            <button
              type="button"
              {...named(t('Approve the still of shot {0} (A)', nth))}
              onClick={() => void judge('accept')}
            >
              <Check size={14} aria-hidden />
            </button>
            <button
              type="button"
              disabled={running}
              {...named(t('Reject the still of shot {0} (R)', nth))}
              onClick={() => void judge('reject')}
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        )}
        {facts.failure && (
          <p className="shot__failure" role="alert">
            <TriangleAlert size={13} aria-hidden />
            <span>
              {tell(facts.failure.message)} {facts.failure.hint && tell(facts.failure.hint)}
            </span>
          </p>
        )}
      </div>
      <div className="shot__foot">
        {move ? (
          <select
            className="shot__move"
            aria-label={t('Motion of shot {0}', nth)}
            value={move.value}
            disabled={readOnly}
            onChange={(event) => set('move', event.target.value, w('Change motion'))}
          >
            {move.spec.options.map((option) => (
              <option key={option} value={option}>
                {t(option)}
              </option>
            ))}
          </select>
        ) : (
          <span className="shot__move">{shot.kind === 'still' ? t('moved by a wire') : t(KINDS[shot.kind])}</span>
        )}
        <span className="shot__seconds tabular">{seconds === undefined ? '' : inSeconds(seconds, 2)}</span>
      </div>
      {duration && !readOnly && (
        <ShotEdge
          nth={nth}
          seconds={Number(duration.value)}
          spec={duration.spec}
          onPreview={setPreview}
          onSet={(next) => set('seconds', next, w('Change duration'))}
        />
      )}
    </li>
  );
}

/** Puts the focus on a shot of the strip that this one is or was on, as soon as it is drawn. */
function focusShot(card: HTMLElement, at: number): void {
  const list = card.closest('.shots__list');
  requestAnimationFrame(() => list?.querySelectorAll<HTMLElement>('.shot__picture')[at]?.focus());
}

/** What the still is to show, where a Prompt node says it. */
function PromptField({
  facts,
  nth,
  readOnly,
}: {
  readonly facts: ShotFacts;
  readonly nth: number;
  readonly readOnly: boolean;
}) {
  const { document } = useApp();
  const { shot, prompt, source } = facts;
  const node = shot.still?.prompt;
  if (prompt === undefined || node === undefined)
    return <span className="shot__prompt">{shot.kind === 'still' ? source : t(KINDS[shot.kind])}</span>;
  return (
    <input
      className="shot__prompt"
      data-prompt={node}
      aria-label={t('Prompt of shot {0}', nth)}
      placeholder={t('What does it show?')}
      value={prompt}
      readOnly={readOnly}
      onChange={(event) =>
        document.edit('Edit prompt', (draft) => setParam(draft, node, 'text', event.target.value), {
          mergeKey: `param:${node}:text`,
        })
      }
    />
  );
}

/** In a few words: how its still and its clip stand. */
function stateInWords(facts: ShotFacts): string {
  const { shot, still, clip, verdict, isApproved } = facts;
  if (clip.status === 'running') return t('clip {0}', percent(clip.fraction));
  if (clip.status === 'failed') return t('the clip failed');
  if (clip.value && !clip.isStale) return t('clip made');
  if (shot.kind !== 'still') return t(KINDS[shot.kind]);
  if (!shot.still) return t('no still');
  if (still.status === 'running') return t('still {0}', percent(still.fraction));
  if (still.status === 'failed') return t('the still failed');
  if (facts.failure) return t('the still failed');
  if (!still.value) return t('still to be made');
  if (verdict === 'rejected') return t('rejected');
  if (!isApproved) return t('approve?');
  return shot.still.isTake ? t('approved') : t('your own still');
}
