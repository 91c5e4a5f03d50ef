/** Every command by name, the ones used last first. */
import { useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { actionsFor, type Action } from '../actions.ts';
import { useApp, useFact } from '../app-context.ts';
import { comboInWords } from '../keys.ts';
import { ranked } from '../ranking.ts';
import { recentChoices, recentFirst, rememberChoice } from '../recent-choices.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';
import './palette.css';

export function Palette() {
  const { workspace } = useApp();
  const open = useFact(workspace, (state) => state.palette);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const app = useApp();
  const flow = useReactFlow();
  const [recent] = useState(() => recentChoices('commands'));
  const close = () => app.workspace.setState({ palette: false });
  const all = recentFirst(
    actionsFor(app, flow).filter(({ id }) => id !== 'palette'),
    recent,
  );
  const run = (action: Action) => {
    rememberChoice('commands', action.id);
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
