/** The cut of a film as a folder: the files of its clips as they came, and the timelines beside them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toFailure, type Failure } from '../core/errors.ts';
import { inWords } from '../core/say.ts';
import type { NodeId } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import { filmClips, handOffOf } from '../file/hand-off.ts';
import { stretchesOfFilm } from '../file/film-stretches.ts';
import { expanded } from '../graph/flat-graph.ts';
import { filmFor } from '../graph/shots.ts';
import { registry } from '../registry.ts';
import { withHint, type LoadedGraph } from './loaded-graph.ts';

/** `made`: what a run has made. Says what it wrote or why not; true when it did. */
export async function handOffFolder(
  { graph, artifacts, nameOf }: LoadedGraph,
  made: readonly { readonly node: NodeId; readonly outputs: Outputs }[],
  folder: string,
  print: (line: string) => void,
): Promise<boolean> {
  const notDone = (failure: Failure): false => {
    print(`The cut was not handed off. ${withHint(failure)}`);
    return false;
  };
  const flat = expanded(graph);
  const film = filmFor(flat, registry, undefined);
  if (!film) {
    print('This graph has no film: no node that joins clips.');
    return false;
  }
  const outputs = new Map(made.map((one) => [one.node, one.outputs]));
  const read = filmClips(flat, registry, film, (node) => outputs.get(node));
  if (!read.ok) return notDone(read.error);
  const drawn = read.value.clips.findIndex(({ video }) => !artifacts.kept.has(video.hash));
  if (drawn >= 0) {
    print(`Shot ${drawn + 1} was made here, where no clip can be encoded: hand off the cut in the app.`);
    return false;
  }
  try {
    const stretches = await stretchesOfFilm(registry, read.value, artifacts);
    const { files, remarks } = handOffOf(read.value, stretches, (hash) => artifacts.kept.get(hash)!.mime);
    for (const file of files) {
      const path = join(folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'text' in file ? file.text : artifacts.kept.get(file.hash)!.bytes);
    }
    print(`${nameOf(film)}: handed off to ${folder}`);
    for (const remark of remarks) print(inWords(remark));
    return true;
  } catch (thrown) {
    return notDone(toFailure(thrown));
  }
}
