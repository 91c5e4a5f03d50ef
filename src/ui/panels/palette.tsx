/** Every command by name, the ones used last first. */
import { useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { remember, remembered } from '../../state/remembered.ts';
import { actionsFor, type Action } from '../actions.ts';
import { useApp, useFact } from '../app-context.ts';
import { comboInWords, keyOf } from '../keys.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';
import './palette.css';

const RECENT = 'triptych-recent-commands';
const recentIds = (): string[] =>
  remembered(RECENT, (stored) => (Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []));

export function Palette() {
  const { workspace } = useApp();
  const open = useFact(workspace, (state) => state.palette);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const app = useApp();
  const flow = useReactFlow();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const [recent] = useState(recentIds);
  const close = () => app.workspace.setState({ palette: false });
  const place = ({ id }: Action) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const found = actionsFor(app, flow)
    .filter(
      ({ id, name }) =>
        id !== 'palette' &&
        words
          .toLowerCase()
          .split(/\s+/)
          .every((word) => `${name} ${t(name)}`.toLowerCase().includes(word)),
    )
    .sort((a, b) => place(a) - place(b));
  const run = (action: Action | undefined) => {
    if (!action) return;
    remember(RECENT, [action.id, ...recent.filter((id) => id !== action.id)].slice(0, 8));
    close();
    action.run();
  };
  return (
    <Sheet heading={t('Commands')} headingIs="unseen" className="sheet palette" onClose={close}>
      <input
        className="field"
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={`palette-${chosen}`}
        aria-label={t('Search commands')}
        placeholder={t('What should be done?')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          const key = keyOf(event);
          if (key === 'Enter') run(found[chosen]);
          else if (key === 'ArrowDown') setChosen(Math.min(found.length - 1, chosen + 1));
          else if (key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
          else return;
          event.preventDefault();
        }}
      />
      <ul id="palette-list" role="listbox" aria-label={t('Commands')}>
        {found.map((action, index) => (
          <li
            key={action.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerEnter={() => setChosen(index)}
            onClick={() => run(action)}
          >
            <span>{t(action.name)}</span>
            {action.keys[0] && <kbd>{comboInWords(action.keys[0])}</kbd>}
          </li>
        ))}
        {found.length === 0 && <li className="muted">{t('No command matches “{0}”.', words)}</li>}
      </ul>
    </Sheet>
  );
}
