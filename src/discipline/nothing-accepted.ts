import { delivered } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const nothingAccepted: Rule = {
  id: 'nothing-accepted',
  severity: 'advice',
  title: 'Nothing accepted yet',
  why: 'Until a take is accepted there is no cost per acceptable deliverable, only spending.',
  check(scene) {
    return delivered(scene).flatMap(({ id, name }) => {
      const own = scene.takes.filter((take) => take.node === id && take.mode === 'delivery');
      if (own.length === 0 || own.some((take) => take.verdict.state === 'accepted')) return [];
      return [
        {
          node: id,
          text: say(
            '“{0}” has {1} {1|take|takes} and none is accepted. Choose one with A, or on the Review page.',
            name,
            own.length,
          ),
          elsewhere: 'review' as const,
        },
      ];
    });
  },
};
