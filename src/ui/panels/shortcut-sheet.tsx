/** Every shortcut; each can be given other keys. */
import { useReactFlow } from '@xyflow/react';
import { Pencil, RotateCcw, X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { actionsFor, givenKeys, withKeys, type Action, type ActionId } from '../actions.ts';
import { comboInWords, comboOf, keyOf } from '../keys.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { tip } from '../widgets/tip.ts';
import { t, w } from '../../words/t.ts';
import './shortcut-sheet.css';

const GESTURES = [
  [w('Paste'), w('Ctrl+V or Shift+Insert')],
  [w('Duplicate by dragging'), w('Hold Alt, then drag')],
  [w('Add what comes next'), w('press + at an output')],
  [w('Change a number'), w('drag along it or its name; Shift for more, Alt for less')],
  [w('Work out a number'), w('write 1/2+0.25, 50 % or 500 ms')],
  [w('Insert into a wire'), w('drop a node on it')],
  [w('Drop on a wire without inserting'), w('Hold Alt at the drop')],
  [w('Reroute point'), w('double click a wire')],
  [w('Cut wires'), w('Alt and drag over the canvas')],
  [w('Select an area'), w('Shift and drag')],
  [w('Keep a result on screen'), w('Ctrl+Shift and click')],
  [w('Open a component'), w('double click it')],
  [w('Result, large'), w('rest the pointer on it')],
] as const;

export function ShortcutSheet() {
  const { workspace } = useApp();
  return useFact(workspace, (state) => state.sheet) ? <OpenSheet /> : null;
}

function OpenSheet() {
  const app = useApp();
  const { workspace } = app;
  const flow = useReactFlow();
  const keys = useFact(workspace, (state) => state.view.keys);
  const [editing, setEditing] = useState<ActionId>();
  const [clash, setClash] = useState<string>();
  const [words, setWords] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const actions = actionsFor(app, flow);
  const shown = actions.filter(({ name, keys: held }) => isMeant(words, [name, t(name), ...held.map(comboInWords)]));
  const gestures = GESTURES.filter(([name, how]) => isMeant(words, [name, t(name), t(how)]));
  const give = (action: Action) => (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const key = keyOf(event);
    if (key === 'Escape') return setEditing(undefined);
    if (['', 'Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead'].includes(key)) return;
    const combo = comboOf(event);
    const other = actions.find(({ id, keys: held }) => id !== action.id && held.includes(combo));
    if (other)
      return setClash(
        t(
          '{0} belongs to “{1}”. Give that other keys first, or press something else.',
          comboInWords(combo),
          t(other.name),
        ),
      );
    workspace.setView({ keys: withKeys(keys, action, [combo]) });
    setEditing(undefined);
    setClash(undefined);
  };
  const reset = (action: Action) => workspace.setView({ keys: withKeys(keys, action) });
  const close = () => workspace.setState({ sheet: false });
  return (
    <Sheet
      heading={t('Shortcuts')}
      className="sheet sheet--keys"
      begin={search}
      onClose={close}
      beside={
        <>
          {Object.keys(keys).length > 0 && (
            <button className="button" type="button" onClick={() => workspace.setView({ keys: {} })}>
              <RotateCcw size={13} aria-hidden /> {t('All as they were')}
            </button>
          )}
          <button className="button button--quiet button--icon" type="button" aria-label={t('Close')} onClick={close}>
            <X size={16} aria-hidden />
          </button>
        </>
      }
    >
      <p className="muted">{t('On a Mac, Ctrl is ⌘. Any of these can be given other keys.')}</p>
      <input
        ref={search}
        className="field keys__search"
        type="search"
        aria-label={t('Search the shortcuts')}
        placeholder={t('Search by what they do, or by their keys')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {clash && (
        <p className="why why--bad" role="alert">
          {clash}
        </p>
      )}
      <ul className="keys">
        {shown.map((action) => (
          <li key={action.id} data-changed={givenKeys(keys, action) !== undefined}>
            <span>{t(action.name)}</span>
            {editing === action.id ? (
              <button
                className="button"
                type="button"
                autoFocus
                onKeyDown={give(action)}
                onBlur={() => setEditing(undefined)}
              >
                {t('Press the new keys')}
              </button>
            ) : (
              <span className="keys__combos">
                {action.keys.map((combo) => (
                  <kbd key={combo}>{comboInWords(combo)}</kbd>
                ))}
              </span>
            )}
            {givenKeys(keys, action) ? (
              <button
                className="button button--quiet button--icon"
                type="button"
                aria-label={t('Usual keys for {0}', t(action.name))}
                {...tip(t('Its usual keys'))}
                onClick={() => reset(action)}
              >
                <RotateCcw size={13} aria-hidden />
              </button>
            ) : (
              <button
                className="button button--quiet button--icon"
                type="button"
                aria-label={t('Change the keys of {0}', t(action.name))}
                {...tip(t('Change'))}
                onClick={() => setEditing(action.id)}
              >
                <Pencil size={13} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {gestures.length > 0 && (
        <>
          <h3>{t('With the pointer')}</h3>
          <dl>{gestures.map(([name, how]) => [<dt key={name}>{t(name)}</dt>, <dd key={how}>{t(how)}</dd>])}</dl>
        </>
      )}
      {shown.length + gestures.length === 0 && (
        <p className="empty">{t('Nothing here is called “{0}”.', words.trim())}</p>
      )}
    </Sheet>
  );
}

/** Whether each word stands in one of the texts. */
const isMeant = (words: string, texts: readonly string[]): boolean =>
  words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => texts.some((text) => text.toLocaleLowerCase().includes(word)));
