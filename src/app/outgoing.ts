/** What leaves the app: delivered files, archives, graph files, links. */
import { filesIn } from '../graph/imported-files.ts';
import { endingOf, fileName } from '../core/file-name.ts';
import type { NodeId } from '../core/ids.ts';
import { withoutNotes } from '../graph/marks.ts';
import type { TakeRecord } from '../core/take.ts';
import type { FileValue, ImageValue, VideoValue } from '../core/values.ts';
import { writeGraphFile, type SeenResults } from '../file/format.ts';
import { withGraph } from '../file/inside.ts';
import { withXmp } from '../file/xmp.ts';
import type { NodeRun } from '../state/runs.ts';
import type { ArchiveEntry, ExportOptions, OutgoingCommands, StoredPicture } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import { putOnClipboard } from './clipboard.ts';
import { mediaEmbedder } from './embedded-media.ts';
import { provenanceOf } from './provenance.ts';
import type { Services } from './services.ts';
import { saveGraphFile } from './graph-file.ts';
import { saveBlob } from './save-blob.ts';
import { saveZip } from './save-zip.ts';
import { linkFor } from './share-link.ts';

export function createOutgoing(services: Services): Omit<OutgoingCommands, 'handOff'> {
  const { document, runs, workspace, artifacts, desk } = services;
  const { notify } = workspace;

  /** Models and seeds behind what the graph shows now. */
  function provenance(): string {
    const outputs = Object.values(runs.getState().nodes).flatMap((node) => Object.values(node.outputs ?? {}));
    const shown = new Set(outputs.flatMap((value) => (value && 'hash' in value ? [value.hash] : [])));
    return ofOpenGraph(desk.getState().takes.filter((take) => take.artifact && shown.has(take.artifact.hash)));
  }
  const ofOpenGraph = (made: readonly TakeRecord[]) =>
    provenanceOf(document.getState().graph, made, desk.getState().tables);

  /** With the graph and its provenance inside, unless it is for a client. */
  async function download(file: Pick<FileValue, 'hash' | 'name'>, bare = false): Promise<void> {
    const blob = await artifacts.get(file.hash);
    if (!blob) return notify('bad', t('This file is no longer stored.'), t('Run the graph again.'));
    if (bare) return saveBlob(blob, file.name);
    const carried = { graph: writeGraphFile(document.getState().graph), xmp: provenance() };
    const bytes = withGraph(new Uint8Array(await blob.arrayBuffer()), carried);
    saveBlob(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: blob.type }), file.name);
  }

  async function downloadShown({ hash }: ImageValue | VideoValue, stem: string): Promise<void> {
    const type = (await artifacts.get(hash))?.type ?? '';
    await download({ hash, name: fileName(stem, `.${endingOf(type)}`) });
  }

  async function downloadTogether(files: readonly ArchiveEntry[], name: string): Promise<void> {
    // Rows that are not shown now have their takes too; each file says what may have been used for it.
    const xmp = ofOpenGraph(desk.getState().takes);
    const entries = await Promise.all(
      files.map(async (file) => {
        if ('text' in file) return [file.name, new TextEncoder().encode(file.text)] as const;
        const blob = await artifacts.get(file.hash);
        return [file.name, blob && withXmp(new Uint8Array(await blob.arrayBuffer()), xmp)] as const;
      }),
    );
    const found = entries.filter((entry): entry is [string, Uint8Array<ArrayBuffer>] => entry[1] !== undefined);
    const missing = entries.length - found.length;
    if (missing > 0)
      notify(
        'bad',
        t('{0} {0|file is|files are} no longer stored and {0|was|were} left out.', missing),
        t('Run the graph again.'),
      );
    await saveZip(found, name);
  }

  async function downloadPictures(pictures: readonly StoredPicture[], archive: string): Promise<void> {
    const files = await Promise.all(
      pictures.map(async ({ stem, hash }) => {
        const ending = endingOf((await artifacts.get(hash))?.type || 'image/png');
        return { name: fileName(stem, `.${ending}`), hash };
      }),
    );
    const [file, ...others] = files;
    if (!file || others.length > 0) return downloadTogether(files, archive);
    const blob = await artifacts.get(file.hash);
    if (!blob) return notify('bad', t('This file is no longer stored.'), t('Run the graph again.'));
    const bytes = withXmp(new Uint8Array(await blob.arrayBuffer()), ofOpenGraph(desk.getState().takes));
    saveBlob(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: blob.type }), file.name);
  }

  async function exportGraph({ notes, results }: ExportOptions = { notes: true, results: false }): Promise<void> {
    const { graph: whole } = document.getState();
    const graph = notes ? whole : withoutNotes(whole);
    const { media, embed } = mediaEmbedder(services);
    const missing: string[] = [];
    for (const file of filesIn(graph)) if (!(await embed(file))) missing.push(file.name);
    const seen: Record<NodeId, SeenResults[NodeId]> = {};
    if (results) {
      for (const [id, { outputs }] of Object.entries(runs.getState().nodes) as [NodeId, NodeRun][]) {
        const picture = Object.values(outputs ?? {}).find((value) => value?.kind === 'image');
        if (picture?.kind !== 'image' || !(await embed({ hash: picture.hash, name: 'result.png', mime: 'image/png' })))
          continue;
        seen[id] = { hash: picture.hash, width: picture.width, height: picture.height };
      }
    }
    if (missing.length > 0)
      notify(
        'bad',
        t('{0} are no longer stored here, so the file lacks them.', missing.join(', ')),
        t('Import them again, then export again.'),
      );
    saveGraphFile(graph, media, seen);
  }

  async function shareLink(): Promise<void> {
    const making = linkFor(writeGraphFile(document.getState().graph));
    const text = making.then((made) => (made.ok ? made.value : Promise.reject(new Error('There is no link.'))));
    const written = await putOnClipboard(text);
    const link = await making;
    if (!link.ok) return notify('bad', link.error.message, link.error.hint);
    if (!written) return workspace.setState({ byHand: link.value });
    notify(
      'info',
      t('A link with this graph in it is on the clipboard.'),
      t('Imported pictures do not fit into a link; they travel in an exported file.'),
    );
  }

  return { download, downloadShown, downloadTogether, downloadPictures, exportGraph, shareLink };
}
