/** The files of a folder as rows of the batch: each picture a row, in the natural order of their names. */
import { toFailure } from '../core/errors.ts';
import { MOST_ROWS } from '../core/limits.ts';
import type { FileSetting } from '../core/params.ts';
import { said, say, type Sentence } from '../core/say.ts';
import { columnsOffered, factsOf, isSame, type ColumnPlace } from '../graph/batch-cells.ts';
import { addColumn, addRows } from '../graph/batch-edits.ts';
import { batchOf } from '../graph/batch.ts';
import { goTo } from '../ui/navigation.ts';
import { t } from '../words/t.ts';
import type { IncomingFiles } from './incoming-files.ts';
import type { Services } from './services.ts';
import { whileSlow } from './while-slow.ts';

/** What systems put into folders for themselves. */
const isHidden = ({ name }: File): boolean => name.startsWith('.') || name === 'Thumbs.db';
const pathOf = (file: File): string => file.webkitRelativePath || file.name;

/** "2.png" before "10.png". */
export const inNaturalOrder = (files: readonly File[]): readonly File[] =>
  files.toSorted((a, b) => pathOf(a).localeCompare(pathOf(b), 'en', { numeric: true }));

/** Adds a row for each file that the param takes. One notice says how many there are, and what was left out and why. */
export async function addPictureRows(
  { document, registry, workspace }: Pick<Services, 'document' | 'registry' | 'workspace'>,
  importedAs: IncomingFiles['importedAs'],
  files: readonly File[],
  place: ColumnPlace,
): Promise<void> {
  const { id, graph } = document.getState();
  const isOffered = [...batchOf(graph).columns, ...columnsOffered(graph, registry)].some((one) => isSame(one, place));
  const spec = factsOf(graph, registry, place)?.spec;
  if (!id || !isOffered || spec?.kind !== 'file')
    return workspace.notify(
      'bad',
      t('Several files become rows of the batch, and inside a component there is none.'),
      t('Choose one file, or expose this param first.'),
    );
  const wanted = inNaturalOrder(files.filter((file) => !isHidden(file)));
  const room = MOST_ROWS - batchOf(graph).rows.length;
  const settings: FileSetting[] = [];
  const leftOut: Sentence[] = [];
  const come = whileSlow(workspace, t('What you gave is being read.'));
  for (const [at, file] of wanted.entries()) {
    if (settings.length >= room) {
      leftOut.push(
        say(
          '{0} further {0|file was|files were} not looked at: {1} are taken at once.',
          wanted.length - at,
          settings.length,
        ),
      );
      break;
    }
    const taken = await importedAs(file, spec.accept).catch((thrown: unknown) => ({
      as: 'nothing' as const,
      why: toFailure(thrown),
    }));
    if (taken.as === 'file') settings.push(taken.setting);
    else if (taken.as === 'nothing') leftOut.push(say('{0}: {1}', pathOf(file), said(taken.why.message)));
  }
  come();
  const now = document.getState();
  // The graph it was meant for may be closed by now.
  if (now.id !== id) return;
  if (settings.length > 0)
    document.edit('Add pictures', (_, whole) => {
      addColumn(whole, place);
      const column = batchOf(whole as typeof graph).columns.find((one) => isSame(one, place))!;
      addRows(
        whole,
        settings.map((setting) => ({ [column.id]: setting })),
      );
    });
  // Where the rows are seen, and all are there, nothing needs to be said.
  const isSeen = location.hash.endsWith('/batch') && leftOut.length === 0;
  if (wanted.length > 0 && !isSeen)
    workspace.notify(
      settings.length > 0 ? 'info' : 'bad',
      t('{0} of {1} {1|file is a row|files are rows} of the batch now.', settings.length, wanted.length),
      leftOut.length > 0 ? leftOut : undefined,
      ...(settings.length > 0 ? [{ label: t('Open the batch'), act: () => goTo({ screen: 'batch', id }) }] : []),
    );
}
