/** Chooses a folder: all files in it, also in folders inside. */
import { FolderOpen } from 'lucide-react';
import { FileButton } from './file-button.tsx';
import { tip } from './tip.ts';
import { t } from '../../words/t.ts';

export default function FolderChoice({ onChosen }: { readonly onChosen: (files: readonly File[]) => void }) {
  return (
    <FileButton
      of={t('Folder of pictures')}
      isFolder
      className="button button--quiet"
      {...tip(t('A row of the batch for each file, in the order of their names'))}
      onFiles={onChosen}
    >
      <FolderOpen size={14} aria-hidden /> {t('Choose a folder')}
    </FileButton>
  );
}
