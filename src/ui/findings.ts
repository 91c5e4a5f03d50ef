/** What the pipeline checklist says about the open graph, for whoever shows something of it. */
import { createContext, useDeferredValue, useMemo, useState } from 'react';
import type { NodeId } from '../core/ids.ts';
import type { Finding } from '../discipline/rule.ts';
import { useApp, useFact } from './app-context.ts';
import { useLoaded } from './loaded.ts';
import { t, tell } from '../words/t.ts';

const NONE: readonly Finding[] = [];
const bringRules = () => import('./check-graph.ts');

/** None until the rules and what they go by have been loaded, which the first drawing does not wait for. */
export function useFindings(): readonly Finding[] {
  const { document, registry, workspace, desk } = useApp();
  const rules = useLoaded(bringRules);
  // After what was edited is on screen: the rules look at everything.
  const graph = useDeferredValue(useFact(document, (state) => state.graph));
  const id = useFact(document, (state) => state.id);
  const mode = useFact(workspace, (state) => state.mode);
  const known = useFact(desk, (state) => state);
  const isRead = known.tables.length > 0;
  const [now] = useState(() => Date.now());
  return useMemo(
    () => (isRead && rules?.checkGraph({ graph, id, registry, mode, now, known })) || NONE,
    [isRead, rules, graph, id, registry, mode, known, now],
  );
}

/** Nodes something is to be said about, for their badges. */
export const FindingsContext = createContext<ReadonlyMap<NodeId, string>>(new Map());
export function useBadges(findings: readonly Finding[]): ReadonlyMap<NodeId, string> {
  return useMemo(() => {
    const badges = new Map<NodeId, string>();
    for (const { node, rule, text } of findings) {
      // A finding inside an instance is shown on the way to it as well.
      for (let end = node?.length ?? -1; node && end > 0; end = node.lastIndexOf('/', end - 1)) {
        const id = node.slice(0, end) as NodeId;
        badges.set(id, [badges.get(id), `${t(rule.title)}. ${tell(text)}`].filter(Boolean).join('\n'));
      }
    }
    return badges;
  }, [findings]);
}
