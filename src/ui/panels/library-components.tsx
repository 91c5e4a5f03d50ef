/** Components in the node library: those of the graph and those that are kept. Loaded where there are any. */
import { Trash2 } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { componentIdOf } from '../../graph/component-type.ts';
import type { NodeFace } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { tip, tipToStopAt } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

interface ComponentsProps {
  readonly components: readonly NodeFace[];
  /** What a component is dragged or clicked by. */
  readonly item: (definition: NodeFace) => ReactNode;
}
export default function LibraryComponents({ components, item }: ComponentsProps) {
  const { commands, desk } = useApp();
  const library = useFact(desk, (state) => state.library);
  return (
    <section style={{ '--layer': 'var(--text-3)' } as CSSProperties}>
      <h2>{t('Components')}</h2>
      {components.map((definition) => {
        const id = componentIdOf(definition.id)!;
        const kept = library.filter((one) => one.id === id).at(-1);
        return (
          <div key={definition.id} className="library__component">
            {item(definition)}
            {kept && (
              <span className="muted tabular" {...tipToStopAt(t('Version {0} in the library', kept.version))}>
                v{kept.version}
              </span>
            )}
            {kept && (
              <button
                className="library__forget"
                type="button"
                aria-label={t('Take {0} out of the library', definition.title)}
                {...tip(t('Take it out of the library'))}
                onClick={() => void commands.forgetComponent(id)}
              >
                <Trash2 size={13} aria-hidden />
              </button>
            )}
          </div>
        );
      })}
    </section>
  );
}
