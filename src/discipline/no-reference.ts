import { say } from '../core/say.ts';
import type { MeasureId } from '../core/values.ts';
import { setParam, type GraphDraft } from '../graph/edits.ts';
import { MEASURE } from '../measure/measure.ts';
import { feeding, isOnBoard, placed } from './look.ts';
import type { Rule } from './rule.ts';

const COMPARED = (Object.keys(MEASURE) as MeasureId[]).filter((measure) => MEASURE[measure].needs === 'reference');

export const noReference: Rule = {
  id: 'no-reference',
  severity: 'risk',
  title: 'Compared with nothing',
  why: 'A criterion that compares with a reference is not checked while there is none: takes are accepted without it.',
  check(scene) {
    return placed(scene, ({ id }) => id === 'acceptance').flatMap(({ id, name, params }) => {
      const isFed = (socket: string) => feeding(scene, id, socket).length > 0;
      const asked = COMPARED.filter((measure) => Number(params[measure]) > 0 || isFed(measure));
      if (asked.length === 0 || isFed('reference')) return [];
      const text = say(
        '“{0}” asks for “{1}” and has no reference, so it is not checked. Connect a picture to it.',
        name,
        say(MEASURE[asked[0]!].label),
      );
      const canMend = isOnBoard(id) && !asked.some(isFed);
      const apply = (draft: GraphDraft) => asked.forEach((measure) => setParam(draft, id, measure, 0));
      return [{ node: id, text, ...(canMend ? { fix: { label: say('Ask for it no more'), apply } } : {}) }];
    });
  },
};
