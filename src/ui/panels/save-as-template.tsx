/** The graph as it is, for later graphs to begin with. */
import { useId, useState } from 'react';
import { nameInWords } from '../graph-title.ts';
import { tagsIn } from '../../graph/tags.ts';
import { useApp } from '../app-context.ts';
import { t } from '../../words/t.ts';
import '../theme/param.css';

export default function SaveAsTemplate() {
  const { commands, document } = useApp();
  const [title, setTitle] = useState(() => nameInWords(document.getState().graph));
  const [tags, setTags] = useState(() => document.getState().graph.tags?.join(', ') ?? '');
  const ids = useId();
  return (
    <details className="aside">
      <summary>{t('Save as template')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void commands.saveTemplate({
            title: title.trim(),
            description: document.getState().graph.description,
            tags: tagsIn(tags),
          });
        }}
      >
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-title`}>{t('Title of the template')}</label>
          </div>
          <input
            id={`${ids}-title`}
            className="field"
            required
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-tags`}>{t('Tags of the template')}</label>
          </div>
          <input
            id={`${ids}-tags`}
            className="field"
            placeholder={t('product, video')}
            value={tags}
            onChange={(event) => setTags(event.target.value)}
          />
        </div>
        <p className="param__help">
          {t('Its description is the graph’s; its picture is the last one the graph made.')}
        </p>
        <button className="button" type="submit">
          {t('Save as template')}
        </button>
      </form>
    </details>
  );
}
