/** What a backup holds and what restoring it does here, and afterwards what was done. */
import { useState } from 'react';
import { onDate } from '../../core/figures.ts';
import type { BackupLook, RestoredBackup } from '../backup-listing.ts';
import { linkTo } from '../navigation.ts';
import { fileSize } from '../units.ts';
import { t, tell } from '../../words/t.ts';

/** Names that are listed; of more, how many there are. */
const MOST_NAMES = 5;

export function BackupFound({
  look,
  onRestore,
  onLeave,
}: {
  readonly look: BackupLook;
  readonly onRestore: (withSettings: boolean) => void;
  readonly onLeave: () => void;
}) {
  const [withSettings, setWithSettings] = useState(false);
  const { savedAt, isWhole, graphs, takes, files, bytes, lacks } = look;
  const { fresh, same, seconds } = graphs;
  const lines = [
    ...(fresh > 0 ? [t('{0} {0|graph is|graphs are} not here: {0|it comes|they come} with everything.', fresh)] : []),
    ...(same > 0 ? [t('{0} {0|graph is|graphs are} here as {0|it was|they were}: {0|it stays|they stay}.', same)] : []),
    ...(seconds.length > 0
      ? [
          t(
            '{0} {0|graph was|graphs were} changed here since: {0|it comes|they come} a second time, as {1}.',
            seconds.length,
            namesOf(seconds),
          ),
        ]
      : []),
    t('{0} {0|take|takes} and {1} {1|file|files}: those that are not here are added.', takes, files),
  ];
  return (
    <section className="backup__report" aria-label={t('What this backup holds')}>
      <h3>{savedAt ? t('Backup of {0}', onDate(savedAt.slice(0, 10))) : t('A backup without a date')}</h3>
      <p className="muted">
        {isWhole ? t('With all pictures and clips') : t('Without what can be made again')} · {fileSize(bytes)}
      </p>
      <Lines lines={lines} />
      <p>{t('Nothing that is here is changed or deleted.')}</p>
      <Lines lines={lacks.map(tell)} />
      <label className="backup__settings">
        <input type="checkbox" checked={withSettings} onChange={({ target }) => setWithSettings(target.checked)} />
        <span>{t('Take its settings too: money, own prices, storage, theme, language, keys of actions')}</span>
      </label>
      <div className="checklist__actions">
        <button className="button button--primary" type="button" onClick={() => onRestore(withSettings)}>
          {t('Restore')}
        </button>
        <button className="button" type="button" onClick={onLeave}>
          {t('Not now')}
        </button>
      </div>
    </section>
  );
}

export function BackupRestored({ restored }: { readonly restored: RestoredBackup }) {
  const { graphs, seconds, broughtBack, takes, files, others, lacks } = restored;
  const isNothing = graphs + seconds.length + broughtBack + takes + files + others === 0;
  const lines = [
    t(
      'Added: {0} {0|graph|graphs}, {1} {1|take|takes}, {2} {2|file|files}, {3} {3|other|others}.',
      graphs + seconds.length,
      takes,
      files,
      others,
    ),
    ...(seconds.length > 0 ? [t('Beside one of yours: {0}.', namesOf(seconds))] : []),
    ...(broughtBack > 0 ? [t('{0} {0|graph was|graphs were} taken out of the trash.', broughtBack)] : []),
  ];
  const showAll = () => {
    location.hash = linkTo({ screen: 'gallery' });
    // Tables, templates and what was made before are read when the page is.
    location.reload();
  };
  return (
    <section className="backup__report" role="status" aria-label={t('What was restored')}>
      <h3>{isNothing ? t('Everything in this backup was here already.') : t('The backup is restored.')}</h3>
      {!isNothing && <Lines lines={lines} />}
      {lacks.length > 0 && (
        <>
          <p>{t('Left out:')}</p>
          <Lines lines={lacks.map(tell)} />
        </>
      )}
      {!isNothing && (
        <div className="checklist__actions">
          <button className="button button--primary" type="button" onClick={showAll}>
            {t('Show my graphs')}
          </button>
        </div>
      )}
    </section>
  );
}

const namesOf = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} +${more}` : shown.join(', ');
};

/** Many are behind a click. */
function Lines({ lines }: { readonly lines: readonly string[] }) {
  const list = (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  if (lines.length === 0) return null;
  if (lines.length <= MOST_NAMES) return list;
  return (
    <details>
      <summary>{t('What exactly')}</summary>
      {list}
    </details>
  );
}
