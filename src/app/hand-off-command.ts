/** The cut of a film as one archive: its clips as they are stored, and the timelines beside them. */
import type { Result } from '../core/errors.ts';
import { fileName } from '../core/file-name.ts';
import type { ArtifactHash, NodeId } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import { filmClips, handOffOf, type FilmClips } from '../file/hand-off.ts';
import { expanded } from '../graph/flat-graph.ts';
import type { RunsState } from '../state/runs.ts';
import type { OutgoingCommands } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import { notifyFailure } from './notify-failure.ts';
import { saveZip } from './save-zip.ts';
import type { Services } from './services.ts';

export function createHandOff(services: Services): Pick<OutgoingCommands, 'handOff'> {
  const { document, runs, workspace, artifacts, registry, thread } = services;

  async function handOff(film: NodeId): Promise<void> {
    const { graph } = document.getState();
    const read = filmClips(expanded(graph), registry, film, (node) => madeAsItIs(runs.getState(), node));
    if (!read.ok) return notDone(read);
    const { type, params, inputs } = read.value;
    const stretches = await thread().call.stretches({ type, params, inputs });
    if (!stretches.ok) return notDone(stretches);
    const blobs = await blobsOf(read.value);
    const lost = read.value.clips.findIndex(({ video }) => !blobs.has(video.hash));
    if (lost >= 0)
      return workspace.notify(
        'bad',
        t('The clip of shot {0} is no longer stored.', lost + 1),
        t('Run the film again.'),
      );
    const { name, files, remarks } = handOffOf(read.value, stretches.value, (hash) => blobs.get(hash)!.type);
    const entries = files.map(async (file) => {
      const bytes = 'text' in file ? new TextEncoder().encode(file.text) : await blobs.get(file.hash)!.arrayBuffer();
      return [file.path, new Uint8Array(bytes)] as const;
    });
    await saveZip(await Promise.all(entries), fileName(name, '.zip'));
    for (const remark of remarks) workspace.notify('info', remark);
  }

  const notDone = ({ error }: Extract<Result<never>, { ok: false }>): void =>
    notifyFailure(workspace, t('The cut was not handed off.'), error);

  async function blobsOf({ clips }: FilmClips): Promise<ReadonlyMap<ArtifactHash, Blob>> {
    const blobs = new Map<ArtifactHash, Blob>();
    for (const { video } of clips) {
      const blob = await artifacts.get(video.hash);
      if (blob) blobs.set(video.hash, blob);
    }
    return blobs;
  }

  return { handOff };
}

/** What a node made, if a run now would make it the same. */
function madeAsItIs({ nodes, plan }: RunsState, node: NodeId): Outputs | undefined {
  const planned = plan?.nodes[node];
  if (planned?.state === 'cached') return planned.outputs;
  return planned ? undefined : nodes[node]?.outputs;
}
