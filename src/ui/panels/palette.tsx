/** Every command by name, the ones used last first. */
import { useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { remember, remembered } from '../../state/remembered.ts';
import { actionsFor, type Action } from '../actions.ts';
import { useApp, useFact } from '../app-context.ts';
import { comboInWords } from '../keys.ts';
import { ranked } from '../ranking.ts';
import { Combobox } from '../widgets/combobox.tsx';
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
  const [recent] = useState(recentIds);
  const close = () => app.workspace.setState({ palette: false });
  const place = ({ id }: Action) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const all = actionsFor(app, flow)
    .filter(({ id }) => id !== 'palette')
    .sort((a, b) => place(a) - place(b));
  const run = (action: Action) => {
    remember(RECENT, [action.id, ...recent.filter((id) => id !== action.id)].slice(0, 8));
    close();
    action.run();
  };
  return (
    <Sheet heading={t('Commands')} headingIs="unseen" className="sheet palette" onClose={close}>
      <Combobox
        className="field"
        label={t('Search commands')}
        listLabel={t('Commands')}
        placeholder={t('What should be done?')}
        find={(words) => ranked(all, words, ({ name }) => ({ names: [t(name), name] }))}
        idOf={({ id }) => id}
        draw={({ name, keys }) => (
          <>
            <span>{t(name)}</span>
            {keys[0] && <kbd>{comboInWords(keys[0])}</kbd>}
          </>
        )}
        nothing={(words) => t('No command matches “{0}”.', words)}
        onChoose={run}
        onLeave={close}
      />
    </Sheet>
  );
}
