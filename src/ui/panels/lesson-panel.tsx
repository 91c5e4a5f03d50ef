/** The step of a lesson at the foot of the canvas: what to do, what is asked, whether it is done. */
import { ChevronDown, ChevronUp, CircleCheck, Circle, Lightbulb } from 'lucide-react';
import { useReactFlow } from '@xyflow/react';
import { Suspense, useEffect, useRef, useState } from 'react';
import type { Checked } from '../../lessons/check-step.ts';
import { toldIn, type Ask, type Check, type Lesson, type LessonStep, type Text } from '../../lessons/lesson.ts';
import { graphStepOf, stepProgress, type LessonProgress, type StepProgress } from '../../lessons/progress.ts';
import { useApp, useFact } from '../app-context.ts';
import { fit } from '../canvas/fit.ts';
import { goTo } from '../navigation.ts';
import { part } from '../part.tsx';
import { LessonChoice } from './lesson-choice.tsx';
import { locale, t } from '../../words/t.ts';
import './lesson-panel.css';

const Markdown = part(() => import('../markdown.tsx'));
/** In the language of the app, where the lesson has it. */
const inOwn = (text: Text): string => toldIn(text, locale().slice(0, 2));

export default function LessonPanel() {
  const { teaching } = useApp();
  const lesson = useFact(teaching, (state) => state.lesson);
  const progress = useFact(teaching, (state) => state.progress);
  const step = lesson?.steps[progress?.at ?? 0];
  return lesson && progress && step ? <Panel key={lesson.id} lesson={lesson} progress={progress} step={step} /> : null;
}

interface PanelProps {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
  readonly step: LessonStep;
}
function Panel({ lesson, progress, step }: PanelProps) {
  const app = useApp();
  const flow = useReactFlow();
  const [isFolded, setFolded] = useState(false);
  // The nodes stand clear of it, where it comes and where it goes.
  useEffect(() => void fit(app, flow), [app, flow, isFolded, progress.at]);
  const come = stepProgress(progress, step);
  const own = progress.graphs[graphStepOf(lesson, progress.at)];
  const isHere = useFact(app.document, ({ id }) => own === undefined || id === own);
  return (
    <section className="lesson" aria-label={t('Lesson: {0}', inOwn(lesson.title))} data-folded={isFolded}>
      <header className="lesson__head">
        <h2>
          <span className="muted">{inOwn(lesson.title)}</span> {inOwn(step.title)}
        </h2>
        <Dots lesson={lesson} progress={progress} />
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-expanded={!isFolded}
          aria-label={isFolded ? t('Show the step') : t('Fold the step away')}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </button>
      </header>
      {!isFolded && (
        <>
          <div className="lesson__body">
            <div className="lesson__told">
              <Told text={step.text} />
              {step.picture && <img src={step.picture.source} alt={inOwn(step.picture.alt)} />}
              {come.isShown && (
                <div className="lesson__way">
                  <h3>{t('One way to do it')}</h3>
                  <Told text={step.shown} />
                </div>
              )}
              {come.state === 'passed' && step.notice !== '' && (
                <div className="lesson__notice">
                  <h3>{t('What to notice')}</h3>
                  <Told text={step.notice} />
                </div>
              )}
            </div>
            {isHere ? <Asked step={step} come={come} /> : <Elsewhere at={progress.at} />}
          </div>
          <Foot lesson={lesson} progress={progress} step={step} come={come} isHere={isHere} />
        </>
      )}
    </section>
  );
}

function Told({ text }: { readonly text: Text }) {
  return (
    <div className="lesson__text">
      <Suspense fallback={null}>
        <Markdown text={inOwn(text)} />
      </Suspense>
    </div>
  );
}

/** A step that begins with a graph of its own is neither done nor looked at in that of an earlier one. */
function Elsewhere({ at }: { readonly at: number }) {
  const goToStep = useStep();
  return (
    <div className="lesson__asked">
      <p>{t('This step is done in a graph of its own, and this is the graph of an earlier one.')}</p>
      <button className="button button--primary" type="button" onClick={() => void goToStep(at)}>
        {t('Open the graph of this step')}
      </button>
    </div>
  );
}

function useStep() {
  const { commands } = useApp();
  return async (at: number) => {
    const graph = await commands.goToStep(at);
    if (graph) goTo({ screen: 'graph', id: graph });
  };
}

/** One for each step, to go back to those that were done. */
function Dots({ lesson, progress }: Omit<PanelProps, 'step'>) {
  const goToStep = useStep();
  return (
    <ol className="lesson__dots" aria-label={t('Steps')}>
      {lesson.steps.map((step, at) => {
        const { state } = stepProgress(progress, step);
        const words = { open: t('open'), passed: t('passed'), skipped: t('skipped') };
        return (
          <li key={step.id}>
            <button
              type="button"
              data-state={state}
              aria-current={at === progress.at ? 'step' : undefined}
              aria-label={t('Step {0}: {1}, {2}', at + 1, inOwn(step.title), words[state])}
              // Ahead one goes by the buttons below, which say what becomes of the step.
              disabled={at > progress.at && state === 'open'}
              onClick={() => void goToStep(at)}
            >
              {at + 1}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Asked({ step, come }: { readonly step: LessonStep; readonly come: StepProgress }) {
  const { teaching } = useApp();
  const checked = useFact(teaching, (state) => state.checked);
  const checks = useRef<HTMLUListElement>(null);
  // What was looked at may stand below the fold, and whoever pressed Check would see nothing happen.
  useEffect(() => {
    checks.current?.querySelector('.lesson__seen')?.scrollIntoView({ block: 'nearest' });
  }, [checked]);
  return (
    <div className="lesson__asked">
      {step.asks.map((ask) => (
        <Question key={`${step.id} ${ask.id}`} ask={ask} given={come.answers[ask.id]} />
      ))}
      <ul ref={checks} className="lesson__checks" aria-live="polite">
        {step.checks.map((check) => (
          <CheckLine key={check.id} check={check} checked={checked[check.id]} come={come} />
        ))}
      </ul>
    </div>
  );
}

function Question({ ask, given }: { readonly ask: Ask; readonly given: string | number | undefined }) {
  const { commands } = useApp();
  if ('number' in ask)
    return (
      <label className="lesson__number">
        <span>{inOwn(ask.text)}</span>
        <input
          className="field tabular"
          type="number"
          step="any"
          min={ask.number.least}
          max={ask.number.most}
          defaultValue={given}
          onChange={({ target }) =>
            Number.isFinite(target.valueAsNumber) && void commands.answerLesson(ask.id, target.valueAsNumber)
          }
        />
        {ask.number.unit}
      </label>
    );
  return <LessonChoice ask={ask} given={given} />;
}

/** Before the first look it only says that there is something to be done. */
function CheckLine({
  check,
  checked,
  come,
}: {
  readonly check: Check;
  readonly checked: Checked | undefined;
  readonly come: StepProgress;
}) {
  const { commands } = useApp();
  const isPassed = come.state === 'passed' || (checked ? checked.passed : come.passed.includes(check.id));
  const isHinted = come.hints.includes(check.id);
  return (
    <li data-passed={isPassed}>
      {isPassed ? <CircleCheck size={15} aria-label={t('passed')} /> : <Circle size={15} aria-label={t('open')} />}
      <div>
        <p>{inOwn(check.title)}</p>
        {!isPassed && checked && !checked.passed && (
          <p className="lesson__seen">
            {inOwn(check.otherwise)} <small>{t('Seen: {0}. Expected: {1}.', checked.seen, checked.expected)}</small>
          </p>
        )}
        {!isPassed && isHinted && <p className="lesson__hint">{inOwn(check.hint)}</p>}
        {!isPassed && !isHinted && check.hint !== '' && come.attempts > 0 && (
          <button className="lesson__link" type="button" onClick={() => void commands.hintLesson(check.id)}>
            <Lightbulb size={13} aria-hidden /> {t('Hint')}
          </button>
        )}
      </div>
    </li>
  );
}

function Foot({
  lesson,
  progress,
  step,
  come,
  isHere,
}: PanelProps & { readonly come: StepProgress; readonly isHere: boolean }) {
  const { commands, teaching } = useApp();
  const isChecking = useFact(teaching, (state) => state.isChecking);
  const goToStep = useStep();
  const isLast = progress.at === lesson.steps.length - 1;
  const isDone = come.state === 'passed' || step.checks.length === 0;
  const goOn = async () => {
    await goToStep(progress.at + 1);
    if (isLast) goTo({ screen: 'lessons' });
  };
  return (
    <footer className="lesson__foot">
      {progress.at > 0 && (
        <button className="button button--quiet" type="button" onClick={() => void goToStep(progress.at - 1)}>
          {t('Back')}
        </button>
      )}
      {step.shown !== '' && !come.isShown && come.state !== 'passed' && (
        <button className="button button--quiet" type="button" onClick={() => void commands.showLessonWay()}>
          {t('Show me')}
        </button>
      )}
      <span className="topbar__space" />
      {!isDone && (
        <button className="button button--quiet" type="button" onClick={() => void goOn()}>
          {isLast ? t('End it anyway') : t('Go on anyway')}
        </button>
      )}
      {!isDone && isHere && (
        <button
          className="button button--primary"
          type="button"
          disabled={isChecking}
          onClick={() => void commands.checkLesson()}
        >
          {isChecking ? t('Looking…') : t('Check')}
        </button>
      )}
      {isDone && !isLast && (
        <button className="button button--primary" type="button" onClick={() => void goToStep(progress.at + 1)}>
          {t('Next step')}
        </button>
      )}
      {isDone && isLast && (
        <button className="button button--primary" type="button" onClick={() => void goOn()}>
          {t('Done: to the lessons')}
        </button>
      )}
    </footer>
  );
}
