/** What was drawn over the pictures of a node in a file: taken whole, or left out with a sentence; the picture stays. */
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeFace } from '../core/node.ts';
import { readLayer } from '../core/picture-layer.ts';
import { say } from '../core/say.ts';
import type { Report } from './report.ts';

export function readLayers({ title, params: specs }: NodeFace, params: Loose, report: Report): Loose {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (specs[name]?.kind !== 'file' || !isRecord(value) || value['layer'] === undefined) return [name, value];
      const { layer: raw, ...file } = value;
      const layer = readLayer(raw, file);
      if (layer) return [name, { ...file, layer }];
      report.add(
        'dropped',
        say('{0}: what is drawn over its picture cannot be read and was left out. The picture is there.', say(title)),
      );
      return [name, file];
    }),
  );
}
