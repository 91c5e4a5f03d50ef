/** Chooses a folder: all files in it, also in folders inside. */
import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { tip } from './tip.ts';
import { t } from '../../words/t.ts';

export default function FolderChoice({ onChosen }: { readonly onChosen: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        className="button button--quiet"
        type="button"
        {...tip(t('A row of the batch for each file, in the order of their names'))}
        onClick={() => input.current?.click()}
      >
        <FolderOpen size={14} aria-hidden /> {t('Choose a folder')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('Folder of pictures')}
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) onChosen(chosen);
        }}
      />
    </>
  );
}
