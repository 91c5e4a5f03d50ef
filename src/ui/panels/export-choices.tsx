/** What goes into an exported file: with or without results, with or without notes. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../app-context.ts';
import { besideItsButton } from '../beside-later.ts';
import { t } from '../../words/t.ts';
import '../theme/popover.css';

export function ExportChoices() {
  const { commands } = useApp();
  const [notes, setNotes] = useState(true);
  const [results, setResults] = useState(true);
  return (
    <div id="export-choices" popover="auto" className="popover" onBeforeToggle={besideItsButton}>
      <p className="muted">{t('The graph and the pictures it needs always go in.')}</p>
      <label>
        <input type="checkbox" checked={results} onChange={(event) => setResults(event.target.checked)} />{' '}
        {t('Pictures its nodes show now')}
      </label>
      <label>
        <input type="checkbox" checked={notes} onChange={(event) => setNotes(event.target.checked)} />{' '}
        {t('Notes on the canvas')}
      </label>
      <button
        className="button button--primary"
        type="button"
        popoverTarget="export-choices"
        popoverTargetAction="hide"
        onClick={() => void commands.exportGraph({ notes, results })}
      >
        <Download size={14} aria-hidden /> {t('Export file')}
      </button>
    </div>
  );
}
