/** Everything that can be asked for by name: commands, nodes, graphs, templates, settings; what was used last first. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useApp, useFact } from '../app-context.ts';
import {
  commandChoices,
  graphChoices,
  nodeChoices,
  settingsChoices,
  templateChoices,
  type PaletteChoice,
} from '../palette-choices.ts';
import { ranked } from '../ranking.ts';
import { recentChoices, recentFirst, rememberChoice } from '../recent-choices.ts';
import { templatesServed } from '../served-templates.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';
import './palette.css';

export function Palette() {
  const { workspace } = useApp();
  const open = useFact(workspace, (state) => state.palette);
  return open ? <OpenPalette /> : null;
}

/** What is kept or served elsewhere: it comes while one types. */
function useLateChoices(): readonly PaletteChoice[] {
  const { commands } = useApp();
  const [choices, setChoices] = useState<readonly PaletteChoice[]>([]);
  useEffect(() => {
    let isWanted = true;
    void Promise.all([commands.listGraphs(), templatesServed()]).then(([graphs, templates]) => {
      if (isWanted)
        setChoices([...graphChoices(graphs ?? []), ...templateChoices(templates === 'unread' ? [] : templates)]);
    });
    return () => {
      isWanted = false;
    };
  }, [commands]);
  return choices;
}

function OpenPalette() {
  const app = useApp();
  const flow = useReactFlow();
  const [recent] = useState(() => recentChoices('commands'));
  const close = () => app.workspace.setState({ palette: false });
  const late = useLateChoices();
  const near = useMemo(
    () => [...commandChoices(app, flow), ...nodeChoices(app, flow), ...settingsChoices()],
    [app, flow],
  );
  const all = recentFirst([...near, ...late], recent);
  const run = (choice: PaletteChoice) => {
    rememberChoice('commands', choice.id);
    close();
    choice.run();
  };
  return (
    <Sheet heading={t('Commands')} headingIs="unseen" className="sheet palette" onClose={close}>
      <Combobox
        className="field"
        label={t('Search commands')}
        listLabel={t('Commands')}
        placeholder={t('A command, a node, a graph, a template, a setting')}
        find={(words) => ranked(all, words, ({ searched }) => searched)}
        idOf={({ id }) => id}
        draw={({ name, kind, keys }) => (
          <>
            <span>{name}</span>
            {kind && <small>{kind}</small>}
            {keys && <kbd>{keys}</kbd>}
          </>
        )}
        nothing={(words) => t('Nothing here is called “{0}”.', words)}
        onChoose={run}
        onLeave={close}
      />
    </Sheet>
  );
}
