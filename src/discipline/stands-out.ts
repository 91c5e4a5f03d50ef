import { say } from '../core/say.ts';
import { namesIn } from './look.ts';
import type { Complaint, Rule } from './rule.ts';

export const standsOut: Rule = {
  id: 'stands-out',
  severity: 'advice',
  title: 'Stands out of its campaign',
  why: 'Deliverables of one campaign are seen side by side. One that is off in colour, light or edges is noticed before what it shows.',
  check({ graph, registry, campaigns = [] }) {
    const names = namesIn(graph, registry);
    return campaigns.flatMap(({ tag, deliverables, uncompared, found }): Complaint[] => {
      const elsewhere = { page: 'campaign', tag } as const;
      const odd = found.map(({ node, why }) => {
        const text = say('What was accepted of “{0}” stands out of “{1}”. {2}', names.get(node) ?? node, tag, why);
        return { ...(graph.nodes[node] ? { node } : {}), text, elsewhere };
      });
      // What is not measured cannot be compared, and nobody is told that it is in line.
      const unknown = say(
        '{0} of {1} accepted {1|deliverable|deliverables} of “{2}” {0|was|were} not compared yet: open the campaign, and they are measured.',
        uncompared,
        deliverables,
        tag,
      );
      return uncompared > 0 ? [...odd, { text: unknown, elsewhere }] : odd;
    });
  },
};
