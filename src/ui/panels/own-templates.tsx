/** Templates that a person made. */
import { Trash2 } from 'lucide-react';
import { useApp } from '../app-context.ts';
import type { OwnTemplate } from '../commands.ts';
import { Tags, Thumbnail } from '../gallery-cards.tsx';
import { linkTo } from '../navigation.ts';
import { t } from '../../words/t.ts';

interface OwnTemplatesProps {
  readonly templates: readonly OwnTemplate[];
  readonly onChange: () => void;
}
export default function OwnTemplates({ templates, onChange }: OwnTemplatesProps) {
  const { commands, workspace } = useApp();
  const remove = async ({ id, graph }: OwnTemplate) => {
    const bringBack = await commands.removeTemplate(id);
    if (!bringBack) return;
    onChange();
    workspace.notify('info', t('The template “{0}” was deleted.', graph.title), undefined, {
      label: t('Undo'),
      act: () => void bringBack().then(onChange),
    });
  };
  return (
    <section>
      <h2>{t('Your templates')}</h2>
      <div className="cards">
        {templates.map((template) => (
          <article key={template.id} className="card">
            <Thumbnail hash={template.thumbnail} />
            <div className="card__text">
              <h3 className="card__title">
                <a href={linkTo({ screen: 'template', id: template.id })}>{template.graph.title}</a>
              </h3>
              {template.description && <p>{template.description}</p>}
              <Tags names={template.tags} />
            </div>
            <button
              className="button button--icon card__action"
              type="button"
              aria-label={t('Delete template {0}', template.graph.title)}
              onClick={() => void remove(template)}
            >
              <Trash2 size={14} aria-hidden />
            </button>
          </article>
        ))}
      </div>
    </section>
  );
}
