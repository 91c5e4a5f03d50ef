/**
 * How the built-in engine reads the prompt of a node, word by word, and what of it will not be in the picture; each word
 * can be read as something else.
 */
import { RotateCcw } from 'lucide-react';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { correctionsIn, withCorrection } from '../../core/prompt-corrections.ts';
import type { ReadWord, ToldReading, WordKind } from '../../core/word-kinds.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord } from '../../core/take.ts';
import type { PromptValue } from '../../core/values.ts';
import { setParam } from '../../graph/edits.ts';
import { BUILT_IN } from '../../routing/catalog.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { promptBefore } from '../prompt-before.ts';
import './prompt-reading.css';

/** `flat`: what plans know the node by. Nothing is shown where another engine makes its pictures. */
export default function PromptReading({
  node,
  flat,
  take,
}: {
  readonly node: NodeId;
  readonly flat: NodeId;
  readonly take: TakeRecord | undefined;
}) {
  const { runs } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan);
  const maker = takePlan ? takePlan.resolution.usable[0] : take?.answered;
  const prompt = (takePlan ?? take)?.request.prompt;
  return maker?.provider === BUILT_IN.provider && prompt?.text ? <ReadPrompt node={node} prompt={prompt} /> : null;
}

function ReadPrompt({ node, prompt: { text, negative } }: { readonly node: NodeId; readonly prompt: PromptValue }) {
  const reading = useReading(text, negative);
  const write = useWritten(node);
  const [chosen, setChosen] = useState<string>();
  if (!reading) return null;
  const corrections = [...correctionsIn(text)];
  const correct = (words: string, as: string | undefined) => {
    write?.(words, as);
    setChosen(undefined);
  };
  const { words, notDrawn, cards } = reading;
  return (
    <section className="prompt-reading" aria-label={t('How the prompt is read')}>
      <h3>{t('How the prompt is read')}</h3>
      <ul className="prompt-reading__words">
        {words.map((word) => (
          <li key={`${word.from} ${word.to}`}>
            <Chip word={word} isChosen={chosen === word.text} onChoose={write && (() => setChosen(word.text))} />
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <Correction words={chosen} known={reading.known} onCorrect={correct} onLeave={() => setChosen(undefined)} />
      )}
      {notDrawn.length > 0 && <p className="prompt-reading__lacks">{t('Not drawn: {0}.', notDrawn.join(', '))}</p>}
      {cards.length > 0 && (
        <p className="prompt-reading__lacks">{t('Drawn as a card with its name: {0}.', cards.join(', '))}</p>
      )}
      {write &&
        corrections.map(([from, to]) => (
          <p key={from} className="prompt-reading__corrected">
            <span>{t('“{0}” is read as “{1}”.', from, to)}</span>
            <button className="button" type="button" onClick={() => correct(from, undefined)}>
              <RotateCcw size={13} aria-hidden /> {t('As written')}
            </button>
          </p>
        ))}
    </section>
  );
}

function Chip({
  word: { text, kind },
  isChosen,
  onChoose,
}: {
  readonly word: ReadWord;
  readonly isChosen: boolean;
  readonly onChoose: (() => void) | undefined;
}) {
  const content: ReactNode = (
    <>
      <span className="prompt-reading__text">{text}</span>
      <span className="prompt-reading__kind">{nameOf(kind)}</span>
    </>
  );
  return onChoose ? (
    <button className="prompt-reading__chip" type="button" data-kind={kind} aria-expanded={isChosen} onClick={onChoose}>
      {content}
    </button>
  ) : (
    <span className="prompt-reading__chip" data-kind={kind}>
      {content}
    </span>
  );
}

function Correction({
  words,
  known,
  onCorrect,
  onLeave,
}: {
  readonly words: string;
  readonly known: readonly string[];
  readonly onCorrect: (words: string, as: string) => void;
  readonly onLeave: () => void;
}) {
  const [as, setAs] = useState('');
  const list = useId();
  return (
    <form
      className="prompt-reading__correction"
      aria-label={t('Read “{0}” as something else', words)}
      onSubmit={(event) => {
        event.preventDefault();
        if (as.trim()) onCorrect(words, as);
      }}
      onKeyDown={(event) => {
        if (keyOf(event) !== 'Escape') return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <label>
        {t('Read “{0}” as', words)}
        <input
          className="field"
          list={list}
          value={as}
          // A person has just asked to write here.
          autoFocus
          onChange={(event) => setAs(event.target.value)}
        />
      </label>
      <datalist id={list}>
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button className="button" type="submit" disabled={!as.trim()}>
        {t('Read it so')}
      </button>
      <button className="button" type="button" onClick={() => onCorrect(words, 'card')}>
        {t('Show a card')}
      </button>
      <button className="button" type="button" onClick={() => onCorrect(words, 'nothing')}>
        {t('Leave it out')}
      </button>
    </form>
  );
}

/** What the engine makes of it; the reading before stays until the next is there. */
function useReading(text: string, negative: string): ToldReading | undefined {
  const { commands } = useApp();
  const [reading, setReading] = useState<ToldReading>();
  useEffect(() => {
    let isWanted = true;
    void commands.readPrompt(text, negative).then((read) => isWanted && setReading(read));
    return () => {
      isWanted = false;
    };
  }, [commands, text, negative]);
  return reading;
}

/** Writes a correction into the prompt that the node is asked with; nothing where there is none to write in. */
function useWritten(node: NodeId): ((words: string, as: string | undefined) => void) | undefined {
  const { document, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const source = promptBefore(board, registry, node);
  const writer = source && board.nodes[source];
  const [param] = Object.keys((writer && registry.get(writer.type)?.params) ?? {});
  const written = param && writer?.params[param];
  if (readOnly || !source || !param || typeof written !== 'string') return undefined;
  return (words, as) =>
    document.edit(say('Correct how “{0}” is read', words), (draft) =>
      setParam(draft, source, param, withCorrection(written, words, as)),
    );
}

function nameOf(kind: WordKind): string {
  switch (kind) {
    case 'subject':
      return t('subject');
    case 'card':
      return t('not known: a card');
    case 'person':
      return t('person');
    case 'number':
      return t('number');
    case 'colour':
      return t('colour');
    case 'material':
      return t('material');
    case 'relation':
      return t('where');
    case 'place':
      return t('place');
    case 'light':
      return t('time of day');
    case 'weather':
      return t('weather');
    case 'season':
      return t('season');
    case 'style':
      return t('style');
    case 'view':
      return t('view');
    case 'mood':
      return t('mood');
    case 'detail':
      return t('detail');
    case 'letters':
      return t('letters');
    case 'left out':
      return t('left out');
    case 'unread':
      return t('not drawn');
    default:
      return kind satisfies never;
  }
}
