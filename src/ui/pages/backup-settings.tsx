/** Everything in one file, and back from it. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure, Result } from '../../core/errors.ts';
import { useApp, useFact } from '../app-context.ts';
import type { BackupLook, RestoredBackup, SavedBackup } from '../backup-listing.ts';
import { fileSize } from '../units.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { t, tell } from '../../words/t.ts';
import { BackupFound, BackupRestored } from './backup-found.tsx';
import { SettingsPart } from './settings-part.tsx';
import { useBackupWork } from './use-backup-work.ts';
import './backup-settings.css';

/** What is shown under the buttons. */
type Shown =
  | { readonly what: 'saved'; readonly saved: SavedBackup }
  | { readonly what: 'found'; readonly file: File; readonly look: BackupLook }
  | { readonly what: 'restored'; readonly restored: RestoredBackup }
  | { readonly what: 'failed'; readonly failure: Failure };

export function BackupSettings({ at }: { readonly at: string | undefined }) {
  const { commands, lasts, workspace } = useApp();
  const given = useFact(workspace, (state) => state.backup);
  const [isWhole, setWhole] = useState(true);
  const [shown, setShown] = useState<Shown>();
  const { work, start } = useBackupWork();
  /** `undefined`: it broke off, and that was said. */
  const failed = (result: Extract<Result<never>, { ok: false }> | undefined): string | undefined => {
    setShown(result && { what: 'failed', failure: result.error });
    return result && tell(result.error.message);
  };

  const save = () =>
    start(t('The backup is being written'), async (onProgress, cancelled) => {
      setShown(undefined);
      const done = await commands.saveBackup(isWhole, onProgress, cancelled);
      if (!done?.ok) return failed(done);
      setShown({ what: 'saved', saved: done.value });
      return t('The backup is saved as {0}.', done.value.name);
    });
  const look = (file: File) =>
    start(t('The backup is being read'), async () => {
      setShown(undefined);
      const found = await commands.lookIntoBackup(file);
      if (!found?.ok) return failed(found);
      setShown({ what: 'found', file, look: found.value });
      return undefined;
    });
  const restore = (file: File, withSettings: boolean) =>
    start(t('The backup is being restored'), async (onProgress, cancelled) => {
      const done = await commands.restoreBackup(file, withSettings, onProgress, cancelled);
      if (!done?.ok) return failed(done);
      setShown({ what: 'restored', restored: done.value });
      return t('The backup is restored.');
    });
  const takeGiven = useEffectEvent((file: File) => {
    workspace.setState({ backup: undefined });
    void look(file);
  });
  useEffect(() => {
    if (given) takeGiven(given);
  }, [given]);

  return (
    <SettingsPart id="backup" name={t('Backup')} at={at} isBusy={work !== undefined}>
      <p className="muted backup__what">
        {t(
          'One file with everything: graphs with their versions, takes and what they cost, templates, components, routing tables, lessons and settings. Keys of services are never in it. Clearing the data of this site in the browser deletes all of it: keep a backup elsewhere.',
        )}
      </p>
      <div className="setting">
        <label htmlFor="backup-holds">{t('Pictures and clips')}</label>
        <select
          id="backup-holds"
          className="field"
          value={isWhole ? 'all' : 'kept'}
          disabled={work !== undefined}
          onChange={({ target }) => setWhole(target.value === 'all')}
        >
          <option value="all">{t('All')}</option>
          <option value="kept">{t('Only what must stay')}</option>
        </select>
        <p>
          {isWhole
            ? t('Graphs open with their pictures, and what was made is not made again.')
            : t('A smaller file: what can be made again is left out. Imported files and accepted takes are in it.')}
        </p>
      </div>
      <div className="checklist__actions backup__actions">
        <button
          className={shown?.what === 'found' ? 'button' : 'button button--primary'}
          type="button"
          disabled={work !== undefined || !lasts}
          onClick={() => void save()}
        >
          {t('Save a backup')}
        </button>
        <FileButton
          of={t('Backup file')}
          accept=".zip,application/zip"
          disabled={work !== undefined || !lasts}
          onFiles={([file]) => void look(file)}
        >
          {t('Restore from a file…')}
        </FileButton>
      </div>
      {!lasts && (
        <p className="muted settings__note">
          {t('This browser keeps nothing for this page, so there is nothing to save, and nothing could be restored.')}
        </p>
      )}
      {work && (
        <div className="backup__work">
          <span role="status">{work.name}</span>
          <progress aria-label={work.name} {...(work.of > 0 ? { max: work.of, value: work.done } : {})} />
          <button className="button" type="button" onClick={work.cancel}>
            {t('Cancel')}
          </button>
        </div>
      )}
      {shown?.what === 'saved' && <Saved {...shown.saved} />}
      {!work && shown?.what === 'found' && (
        <BackupFound
          look={shown.look}
          onRestore={(withSettings) => void restore(shown.file, withSettings)}
          onLeave={() => setShown(undefined)}
        />
      )}
      {shown?.what === 'restored' && <BackupRestored restored={shown.restored} />}
      {shown?.what === 'failed' && <Failed failure={shown.failure} />}
    </SettingsPart>
  );
}

const Saved = ({ name, bytes, graphs, takes, files }: SavedBackup) => (
  <p className="backup__report" role="status">
    {t(
      'Saved as {0}: {1} {1|graph|graphs}, {2} {2|take|takes}, {3} {3|file|files}, {4}. Your browser keeps it where it keeps downloads.',
      name,
      graphs,
      takes,
      files,
      fileSize(bytes),
    )}
  </p>
);

const Failed = ({ failure }: { readonly failure: Failure }) =>
  failure.code === 'cancelled' ? (
    <p className="backup__report" role="status">
      {t('Cancelled. What was restored until then stays; nothing else was changed.')}
    </p>
  ) : (
    <div className="backup__report" role="alert">
      <p>{tell(failure.message)}</p>
      {failure.hint !== undefined && <p className="muted">{tell(failure.hint)}</p>}
    </div>
  );
