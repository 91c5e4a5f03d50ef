/** The tags of the open graph, as a line of text with commas. */
import { useId, useState } from 'react';
import { tagsIn } from '../../graph/tags.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { t } from '../../words/t.ts';
import '../theme/param.css';

export default function GraphTags() {
  const { document } = useApp();
  const tags = useFact(document, (state) => state.graph.tags);
  const readOnly = useFact(document, (state) => state.readOnly);
  /** What is being typed: a comma at its end is no tag yet. */
  const [typed, setTyped] = useState<string>();
  const id = useId();
  const change = (text: string) => {
    setTyped(text);
    const now = tagsIn(text);
    document.edit(
      'Edit tags',
      (_, graph) => {
        if (now.length > 0) graph.tags = now;
        else delete graph.tags;
      },
      { mergeKey: 'graph:tags' },
    );
  };
  return (
    <div className="param">
      <div className="param__label">
        <label htmlFor={id}>{t('Tags')}</label>
      </div>
      <input
        id={id}
        className="field"
        readOnly={readOnly}
        placeholder={t('spring campaign, product')}
        aria-describedby={`${id}-help`}
        value={typed ?? tags?.join(', ') ?? ''}
        onChange={({ target }) => change(target.value)}
        onBlur={() => setTyped(undefined)}
      />
      <p className="param__help" id={`${id}-help`}>
        {t('Graphs with the same tag make a campaign.')}{' '}
        {tags?.[0] && (
          <a className="link" href={linkTo({ screen: 'campaign', tag: tags[0] })}>
            {t('Look at “{0}”', tags[0])}
          </a>
        )}
      </p>
    </div>
  );
}
