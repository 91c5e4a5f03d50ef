import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NodeId, NoteId } from '../../src/core/ids.ts';
import { overlap } from '../../src/graph/rect.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { rectsOf } from '../../src/ui/canvas/places.ts';
import { cardsWithoutResults } from '../../src/ui/canvas/shown-shapes.ts';
import { registry } from '../../src/registry.ts';

test.each(readdirSync('public/templates').filter((name) => name.endsWith('.triptych.json')))(
  'in the template %s no card lies on another',
  (name) => {
    const opened = parseGraphFile(readFileSync(`public/templates/${name}`, 'utf8'), registry);
    if (!opened.ok) throw new Error(name);
    const { graph } = opened.value;
    const ids = [...Object.keys(graph.nodes), ...Object.keys(graph.notes)] as (NodeId | NoteId)[];
    const rects = rectsOf(graph, cardsWithoutResults(graph, registry), ids);
    const covered = ids.flatMap((id, at) =>
      ids
        .slice(at + 1)
        .filter((other) => overlap(rects[id]!, rects[other]!))
        .map((other) => `${id} and ${other}`),
    );
    expect(covered).toEqual([]);
  },
);
