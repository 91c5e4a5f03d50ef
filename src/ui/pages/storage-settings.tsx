/** What storage holds and why, how much it may hold, and ways to free space. */
import { useEffect, useState } from 'react';
import { TRASH_DAYS } from '../../core/limits.ts';
import { BUDGETS, KEPT_RUNS, type Space } from '../../session/space.ts';
import { useApp } from '../app-context.ts';
import { fileSize } from '../units.ts';
import { t, w } from '../../words/t.ts';
import { SettingsPart } from './settings-part.tsx';
import './kept-table.css';
import './settings-page.css';

/** What is kept, and until when it is. */
const KINDS: readonly (readonly [keyof Space['taken'], string, string])[] = [
  ['cached', w('Results that can be made again'), w('Until room is needed: longest unused first')],
  ['shown', w('Shown by the graphs that are open'), w('While a graph that is open shows them')],
  [
    'imported',
    w('Imported files'),
    w('As long as a graph, one of its versions or runs, an undo step, a template or a reference names them'),
  ],
  ['accepted', w('Accepted takes'), w('As long as they are accepted')],
  ['starred', w('Starred takes'), w('As long as they have a star')],
  ['frozen', w('Frozen results'), w('As long as a node is frozen on them')],
  ['thumbnail', w('Thumbnails'), w('As long as their graph or template')],
  ['came with a file', w('Pictures that came inside a file'), w('Until their graph is run or deleted')],
];
/** What is kept beside pictures and clips; what it takes up is one sum. */
const otherRows = (): readonly (readonly [string, string])[] => [
  [t('Graphs'), t('Until you throw them away, and {0} more {0|day|days} in the trash', TRASH_DAYS)],
  [
    t('Versions'),
    t('Always with a name. Others are thinned: all of an hour, then one an hour, after two days one a day'),
  ],
  [t('Runs'), t('The newest {0} of each graph, and those with an accepted take', KEPT_RUNS)],
  [t('Takes and what they cost'), t('Always: the books count them')],
];

export function StorageSettings({ at }: { readonly at: string | undefined }) {
  const { commands } = useApp();
  const [space, setSpace] = useState<Space>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    void commands.space().then((read) => current && setSpace(read));
    return () => {
      current = false;
    };
  }, [commands]);
  const change = (work: () => Promise<void>) => async () => {
    setBusy(true);
    await work();
    setSpace(await commands.space());
    setBusy(false);
  };
  return (
    <SettingsPart id="storage" name={t('Storage')} at={at} isBusy={busy || !space}>
      <div className="setting">
        <label htmlFor="budget">{t('Pictures and clips may take')}</label>
        <select
          id="budget"
          className="field"
          value={space?.budget ?? ''}
          disabled={busy || !space}
          onChange={(event) => void change(() => commands.setBudget(Number(event.target.value)))()}
        >
          {!space && <option value="" />}
          {BUDGETS.map((budget) => (
            <option key={budget} value={budget}>
              {fileSize(budget)}
            </option>
          ))}
        </select>
        <p>
          {t(
            'Beyond it, results that can be made again go, longest unused first. Imported files, accepted and starred takes, frozen results and thumbnails always stay, and so does what an open graph shows.',
          )}
        </p>
      </div>
      {space && (
        <table className="tabular kept-table" aria-label={t('What storage holds')}>
          <thead>
            <tr>
              <th scope="col">{t('What is kept')}</th>
              <th scope="col" className="kept-table__size">
                {t('Takes up')}
              </th>
              <th scope="col" className="kept-table__until">
                {t('Until when')}
              </th>
            </tr>
          </thead>
          <tbody>
            {KINDS.map(([kind, label, until]) => (
              <tr key={kind}>
                <th scope="row">{t(label)}</th>
                <td className="kept-table__size">{amount(space.taken[kind])}</td>
                <td className="kept-table__until">{t(until)}</td>
              </tr>
            ))}
            {otherRows().map(([label, until], at, all) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {at === 0 && (
                  <td className="kept-table__size" rowSpan={all.length}>
                    {space.rest === undefined ? '' : t('about {0}', amount(space.rest))}
                  </td>
                )}
                <td className="kept-table__until">{until}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="checklist__actions">
        <button className="button" type="button" disabled={busy} onClick={() => void change(commands.clearResults)()}>
          {t('Clear cached results')}
        </button>
        <button className="button" type="button" disabled={busy} onClick={() => void change(commands.dropOldRuns)()}>
          {t('Remove old runs')}
        </button>
      </div>
      <p className="muted settings__note">
        {t('Clearing the cache costs the time to make it again. A run that is going on keeps what it needs.')}
      </p>
    </SettingsPart>
  );
}

const amount = (bytes: number): string => (bytes === 0 ? '0' : fileSize(bytes));
