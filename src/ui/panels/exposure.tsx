/** The buttons beside a param that show it elsewhere: on the card, on a component, or in the graph's form. */
import { ClipboardList, SquareArrowOutUpRight, StickyNote } from 'lucide-react';
import { toggleOnCard } from '../../graph/card-look.ts';
import { draftAt } from '../../graph/component.ts';
import type { ComponentDraft } from '../../graph/edits.ts';
import { isInForm, toggleFormField } from '../../graph/form-fields.ts';
import type { Component } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { loadPart } from '../../load-part.ts';
import { useApp, useFact } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

interface Exposed {
  readonly node: NodeId;
  readonly name: string;
  readonly label: string;
  /** Whether its control fits on the node's card. */
  readonly fitsOnCard: boolean;
}
export default function Exposure({ fitsOnCard, ...exposed }: Exposed) {
  return (
    <>
      {fitsOnCard && <OnCard {...exposed} />}
      <Outside {...exposed} />
    </>
  );
}

/** Puts the control on the node's own card. */
function OnCard({ node, name, label }: Omit<Exposed, 'fitsOnCard'>) {
  const { document } = useApp();
  const isThere = useFact(document, (state) => state.board.nodes[node]?.look?.params?.includes(name) ?? false);
  return (
    <button
      className="param__plug"
      type="button"
      aria-pressed={isThere}
      aria-label={t('Set {0} on the card', label)}
      {...tip(isThere ? t('Take it off the card') : t('Set it on the card'))}
      onClick={() =>
        document.edit(isThere ? 'Take param off card' : 'Put param on card', (draft) => toggleOnCard(draft, node, name))
      }
    >
      <StickyNote size={13} aria-hidden />
    </button>
  );
}

/** Asks for a param from outside: on the component's instances, or on the graph's form. */
function Outside({ node, name, label }: Omit<Exposed, 'fitsOnCard'>) {
  const { document } = useApp();
  const inside = useFact(document, (state) => state.path.length > 0);
  // Read from the same state: when a component is left, `inside` is that of the drawing before.
  const exposed = useFact(document, (state) =>
    state.path.length > 0
      ? Object.values((state.board as Component).params).some((one) => one.node === node && one.param === name)
      : isInForm(state.graph, node, name),
  );
  async function toggleOnComponent(isShown: boolean): Promise<void> {
    // Until the part is there, a person may have left the component, or the graph.
    const { id, path } = document.getState();
    const { toggleExposedParam } = await loadPart(() => import('../../graph/exposing.ts'));
    if (document.getState().id !== id) return;
    document.edit(isShown ? 'Hide on component' : 'Show on component', (_, whole) => {
      const component = draftAt(whole, path);
      if (component) toggleExposedParam(component as ComponentDraft, node, name);
    });
  }
  if (inside) {
    return (
      <button
        className="param__plug"
        type="button"
        aria-pressed={exposed}
        aria-label={t('Show {0} on the component', label)}
        {...tip(
          exposed ? t('Hide it on the component') : t('Show it on the component, so that each instance has its own'),
        )}
        onClick={() => void toggleOnComponent(exposed)}
      >
        <SquareArrowOutUpRight size={13} aria-hidden />
      </button>
    );
  }
  return (
    <button
      className="param__plug"
      type="button"
      aria-pressed={exposed}
      aria-label={t('Ask for {0} in the form', label)}
      {...tip(exposed ? t('Leave it out of the form') : t('Ask for it in the form'))}
      onClick={() =>
        document.edit(exposed ? 'Leave out of form' : 'Add to form', (_, whole) => toggleFormField(whole, node, name))
      }
    >
      <ClipboardList size={13} aria-hidden />
    </button>
  );
}
