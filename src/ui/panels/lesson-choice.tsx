/** A question with answers to choose from. Where they can be run, each shows what it took, beside the others. */
import { Play } from 'lucide-react';
import { inDollars } from '../../core/money.ts';
import type { NodeId } from '../../core/ids.ts';
import { setParamAt } from '../../graph/component.ts';
import type { Spent } from '../../lessons/evidence.ts';
import { toldIn, type Ask, type AskOption } from '../../lessons/lesson.ts';
import { useApp, useFact } from '../app-context.ts';
import { duration } from '../units.ts';
import { locale, t } from '../../words/t.ts';

const inOwn = (text: AskOption['text']): string => toldIn(text, locale().slice(0, 2));

interface Props {
  readonly ask: Extract<Ask, { readonly options: unknown }>;
  readonly given: string | number | undefined;
}
export function LessonChoice({ ask, given }: Props) {
  const { commands, teaching } = useApp();
  const tried = useFact(teaching, (state) => state.tried[ask.id]);
  return (
    <fieldset className="bare lesson__choice">
      <legend>{inOwn(ask.text)}</legend>
      {ask.options.map((option) => (
        <label key={option.id}>
          <input
            type="radio"
            name={ask.id}
            checked={given === option.id}
            onChange={() => void commands.answerLesson(ask.id, option.id)}
          />{' '}
          {inOwn(option.text)}
          {tried?.[option.id] && <Took spent={tried[option.id]!} />}
        </label>
      ))}
      {ask.options.some(({ change }) => change) && <RunChoices ask={ask} given={given} />}
    </fieldset>
  );
}

function Took({ spent: { takes, charged, ms } }: { readonly spent: Spent }) {
  return (
    <span className="lesson__took tabular">
      {t('{0} {0|take|takes}, {1}, {2}', takes, inDollars(charged), duration(ms))}
    </span>
  );
}

/** One after the other in the open graph, the chosen one last, so that its picture is there to be looked at. */
function RunChoices({ ask, given }: Props) {
  const { document, commands, queue } = useApp();
  const isRunning = useFact(queue, (state) => state.running !== undefined);
  const isChosen = ({ id }: AskOption) => id === given;
  const run = async () => {
    // The picture with its fault is there first: what only finishes it otherwise makes no take.
    await commands.startRun();
    for (const { change } of ask.options.toSorted((a, b) => Number(isChosen(a)) - Number(isChosen(b)))) {
      if (!change) continue;
      document.edit('Choice of the lesson', (_, graph) => {
        for (const [node, params] of Object.entries(change))
          for (const [param, value] of Object.entries(params)) setParamAt(graph, node as NodeId, param, value);
      });
      await commands.startRun();
    }
  };
  return (
    <div>
      <button className="button" type="button" disabled={given === undefined || isRunning} onClick={() => void run()}>
        <Play size={13} aria-hidden /> {t('Run all {0} and compare', ask.options.length)}
      </button>
    </div>
  );
}
