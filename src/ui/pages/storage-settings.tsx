/** What storage holds and why, how much it may hold, and ways to free space. */
import { useEffect, useState } from 'react';
import { BUDGETS, KEPT_RUNS, type Space } from '../../session/space.ts';
import { useApp } from '../app-context.ts';
import { fileSize } from '../units.ts';
import { t, w } from '../../words/t.ts';
import { SettingsPart } from './settings-part.tsx';
import './settings-page.css';

const KINDS: readonly (readonly [keyof Space['taken'], string])[] = [
  ['cached', w('Results that can be made again')],
  ['shown', w('Shown by the graphs that are open')],
  ['imported', w('Imported files')],
  ['accepted', w('Accepted takes')],
  ['frozen', w('Frozen results')],
  ['thumbnail', w('Thumbnails')],
  ['came with a file', w('Pictures that came inside a file')],
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
            'Beyond it, results that can be made again go, longest unused first. Imported files, accepted takes, frozen results and thumbnails always stay, and so does what an open graph shows.',
          )}
        </p>
      </div>
      {space && (
        <table className="tabular" aria-label={t('What storage holds')} style={{ width: '100%' }}>
          <tbody>
            {KINDS.map(([kind, label]) => (
              <tr key={kind}>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400 }}>
                  {t(label)}
                </th>
                <td style={{ textAlign: 'right' }}>{amount(space.taken[kind])}</td>
              </tr>
            ))}
            {space.rest !== undefined && (
              <tr>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400 }}>
                  {t('Graphs, versions, history and books, about')}
                </th>
                <td style={{ textAlign: 'right' }}>{amount(space.rest)}</td>
              </tr>
            )}
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
        {t(
          'Of each graph {0|the newest run is|the newest {0} runs are} kept, and all with an accepted take.',
          KEPT_RUNS,
        )}
      </p>
    </SettingsPart>
  );
}

const amount = (bytes: number): string => (bytes === 0 ? '0' : fileSize(bytes));
