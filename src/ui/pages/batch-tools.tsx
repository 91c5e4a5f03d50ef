/** What makes the columns and rows of a batch: by hand, from a table or pictures, by counting through. */
import { FileUp, Grid3x3, Images, Plus, Repeat } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import {
  addColumn,
  addRows,
  combinations,
  countCombinations,
  repeatWithSeeds,
  setRows,
} from '../../graph/batch-edits.ts';
import { MOST_ROWS } from '../../core/limits.ts';
import { batchOf } from '../../graph/batch.ts';
import { columnsOffered, factsOf } from '../../graph/batch-cells.ts';
import { say } from '../../core/say.ts';
import { readTable } from '../../file/batch-table.ts';
import { textOfBytes } from '../../file/cells.ts';
import { useApp, useFact } from '../app-context.ts';
import { filesOf, textOf } from '../dropped.ts';
import { isField } from '../focus.ts';
import { isPicture } from './batch-grid.tsx';
import FolderChoice from '../widgets/folder-choice.tsx';
import { FileButton } from '../widgets/file-button.tsx';
import { NumberField } from '../widgets/number-field.tsx';
import { spellings } from '../../words/spellings.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './batch-tools.css';

/** What makes columns and rows. */
export function BatchTools() {
  const { document, registry, workspace, commands } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const { columns, rows } = batchOf(graph);
  const [times, setTimes] = useState<number | undefined>(4);
  const offered = columnsOffered(graph, registry);
  const wide = useMemo(() => countCombinations({ columns, rows }), [columns, rows]);
  const picturesGo = [...columns, ...offered].find((place) => isPicture(factsOf(graph, registry, place)));
  const seeds = [...columns, ...offered].some((place) => factsOf(graph, registry, place)?.spec.kind === 'seed');

  const take = async (file: File) => takeTable(textOfBytes(new Uint8Array(await file.arrayBuffer())));
  const takeTable = async (text: string) => {
    const { id } = document.getState();
    const words = await spellings();
    const now = document.getState();
    // The page of another graph is open by now.
    if (now.id !== id) return;
    const read = readTable(text, now.graph, registry, words);
    if (read.rows.length)
      document.edit('Import table', (_, whole) => {
        whole.batch = { columns: read.columns, rows: batchOf(whole as typeof graph).rows };
        addRows(whole, read.rows);
      });
    const into = read.filled.length ? [say('Columns that were filled: {0}.', read.filled.join(', '))] : [];
    const how = read.rows.length ? 'info' : 'bad';
    // A list stays until it is put away; that all went well need not.
    const more = read.dropped.length ? [...into, ...read.dropped] : into[0];
    workspace.notify(how, t('{0} {0|row was|rows were} read.', read.rows.length), more);
  };
  const takePictures = async (chosen: readonly File[]) => {
    if (!picturesGo) return;
    const { node, param } = picturesGo;
    await commands.addPictureRows(chosen, { node, param });
  };
  const pasted = useEffectEvent(({ target, clipboardData, defaultPrevented }: ClipboardEvent) => {
    if (!clipboardData || defaultPrevented || isField(target as Element)) return;
    const text = textOf(clipboardData);
    void filesOf(clipboardData).then((files) => {
      if (files.some(({ type }) => type.startsWith('image/'))) return takePictures(files);
      const [file] = files;
      return file ? take(file) : takeTable(text);
    });
  });
  useEffect(() => {
    window.addEventListener('paste', pasted);
    return () => window.removeEventListener('paste', pasted);
  }, []);
  return (
    <div className="batch__add" role="group" aria-label={t('Columns and rows')}>
      {columns.length > 0 && (
        <button
          className="button"
          type="button"
          disabled={rows.length >= MOST_ROWS}
          onClick={() => document.edit('Add row', (_, whole) => addRows(whole, [{}]))}
        >
          <Plus size={14} aria-hidden /> {t('Row')}
        </button>
      )}
      {offered.length > 0 && (
        <select
          className="field"
          aria-label={t('Add column')}
          value=""
          onChange={(event) => {
            const place = offered[Number(event.target.value)];
            if (place) document.edit('Add column', (_, whole) => addColumn(whole, place));
          }}
        >
          <option value="">{t('Add column')}…</option>
          {offered.map((place, at) => {
            const facts = factsOf(graph, registry, place);
            return (
              facts && (
                <option key={`${place.node} ${place.param} ${place.variable}`} value={at}>
                  {facts.of}: {facts.label}
                </option>
              )
            );
          })}
        </select>
      )}
      <FileButton
        of={t('Table file')}
        accept=".csv,.tsv,.txt,text/csv"
        {...tip(t('A CSV file; its first line names the columns'))}
        onFiles={([file]) => void take(file)}
      >
        <FileUp size={14} aria-hidden /> {t('Import CSV')}
      </FileButton>
      {picturesGo && (
        <>
          <FileButton
            of={t('Pictures, a row for each')}
            accept="image/*"
            isMany
            {...tip(t('A row for each picture'))}
            onFiles={(chosen) => void takePictures(chosen)}
          >
            <Images size={14} aria-hidden /> {t('Add pictures')}
          </FileButton>
          <FolderChoice onChosen={(files) => void takePictures(files)} />
        </>
      )}
      {columns.length > 1 && (
        <button
          className="button"
          type="button"
          {...tip(t('Every value of a column with every value of the others: {0} {0|row|rows}', wide))}
          disabled={wide > MOST_ROWS || wide <= rows.length}
          onClick={() => document.edit('Every combination', (_, whole) => setRows(whole, combinations(batchOf(graph))))}
        >
          <Grid3x3 size={14} aria-hidden /> {t('Every combination')}
        </button>
      )}
      {seeds && (
        <span className="batch__repeat">
          <button
            className="button"
            type="button"
            {...tip(t('Each row again and again, with seeds that count up'))}
            disabled={times === undefined || Math.max(1, rows.length) * times > MOST_ROWS}
            onClick={() => document.edit('Repeat rows', (_, whole) => repeatWithSeeds(whole, registry, times!))}
          >
            <Repeat size={14} aria-hidden /> {t('Repeat with other seeds')}
          </button>
          <NumberField label={t('Times')} value={times} min={2} max={100} whole onRead={setTimes} />
        </span>
      )}
    </div>
  );
}
