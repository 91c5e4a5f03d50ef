/** The button that hands the cut of a film to an editing program. */
import { FolderOutput } from 'lucide-react';
import { useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { useApp } from '../app-context.ts';
import { useFlatId } from '../node-facts.ts';
import { named, tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

/** `isWide`: with its name on it, where there is room. */
export function HandOffButton({ film, isWide = false }: { readonly film: NodeId; readonly isWide?: boolean }) {
  const { commands } = useApp();
  const flat = useFlatId(film);
  const [isBusy, setBusy] = useState(false);
  const name = t('Hand off the cut');
  const what = t('Clips, OpenTimelineIO, EDL and FCP7 XML, for Resolve, Premiere and others');
  const handOff = async () => {
    setBusy(true);
    await commands.handOff(flat);
    setBusy(false);
  };
  return (
    <button
      className={isWide ? 'button' : 'button button--quiet button--icon'}
      type="button"
      aria-busy={isBusy}
      disabled={isBusy}
      {...(isWide ? tip(what) : named(name))}
      onClick={() => void handOff()}
    >
      <FolderOutput size={14} aria-hidden /> {isWide && name}
    </button>
  );
}
