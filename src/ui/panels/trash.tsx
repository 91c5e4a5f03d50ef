/** Graphs that were thrown away, until they go for good. */
import { useState } from 'react';
import { TRASH_DAYS } from '../../core/limits.ts';
import { useApp } from '../app-context.ts';
import type { GraphListing } from '../commands.ts';
import { dateOf } from '../dates.ts';
import { titleInWords } from '../graph-title.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';
import './trash.css';

const DAY_MS = 86_400_000;

export default function Trash({
  graphs,
  onChange,
}: {
  readonly graphs: readonly GraphListing[];
  readonly onChange: () => void;
}) {
  const { commands } = useApp();
  const [ending, setEnding] = useState<GraphListing>();
  return (
    <details className="trash">
      <summary>{t('Recently deleted ({0})', graphs.length)}</summary>
      <ul>
        {graphs.map((graph) => (
          <li key={graph.id}>
            <span className="trash__title">{titleInWords(graph.title)}</span>
            {graph.deletedAt !== undefined && (
              <span className="muted">{t('until {0}', dateOf(graph.deletedAt + TRASH_DAYS * DAY_MS))}</span>
            )}
            <button
              className="button"
              type="button"
              onClick={() => void commands.restoreGraph(graph.id).then(onChange)}
            >
              {t('Bring back')}
            </button>
            <button className="button button--quiet" type="button" onClick={() => setEnding(graph)}>
              {t('Delete for good')}
            </button>
          </li>
        ))}
      </ul>
      {ending && (
        <Sheet heading={t('Delete “{0}” for good?', titleInWords(ending.title))} onClose={() => setEnding(undefined)}>
          <p>
            {t('Its versions and its history go with it, and cannot be brought back. What it cost stays in the books.')}
          </p>
          <div className="sheet__foot">
            <button className="button" type="button" onClick={() => setEnding(undefined)}>
              {t('Cancel')}
            </button>
            <button
              className="button button--primary"
              type="button"
              onClick={() => {
                setEnding(undefined);
                void commands.removeGraph(ending.id).then(onChange);
              }}
            >
              {t('Delete for good')}
            </button>
          </div>
        </Sheet>
      )}
    </details>
  );
}
