import type { GraphDraft } from '../graph/edits.ts';
import { setParam } from '../graph/edits.ts';
import type { SeedSetting } from '../core/params.ts';
import { placed } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const seedMoves: Rule = {
  id: 'seed-moves',
  severity: 'risk',
  title: 'Seed not locked in delivery',
  why: 'What was approved must come back. A seed that moves with every run cannot promise that.',
  check(scene) {
    if (scene.mode !== 'delivery') return [];
    return placed(scene, (definition) => Object.values(definition.params).some((spec) => spec.kind === 'seed')).flatMap(
      ({ id, name, definition, params }) =>
        Object.entries(definition.params).flatMap(([param, spec]) => {
          if (spec.kind !== 'seed') return [];
          const setting = params[param] as SeedSetting;
          if (setting.mode === 'fixed') return [];
          return [
            {
              node: id,
              text: say('“{0}” changes with every run ({1}).', name, say(setting.mode)),
              fix: {
                label: say('Lock the seed'),
                apply: (draft: GraphDraft) => setParam(draft, id, param, { ...setting, mode: 'fixed' }),
                locks: { param, before: setting },
              },
            },
          ];
        }),
    );
  },
};
