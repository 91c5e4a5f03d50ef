/** The cards of the first screen. */
import { Ellipsis } from 'lucide-react';
import type { Point } from '../graph/graph.ts';
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import type { GraphListing } from './commands.ts';
import { dateAndTime } from './dates.ts';
import { titleInWords } from './graph-title.ts';
import { useUrl } from './media.tsx';
import { linkTo } from './navigation.ts';
import type { ServedTemplate } from './served-templates.ts';
import { t } from '../words/t.ts';

export function ServedTemplates({ templates }: { readonly templates: readonly ServedTemplate[] }) {
  return (
    <div className="cards">
      {templates.map((template) => (
        <article key={template.id} className="card">
          <img className="card__picture" src={`templates/${template.id}.webp`} alt="" loading="lazy" />
          <div className="card__text">
            <h3 className="card__title">
              <a href={linkTo({ screen: 'template', id: template.id })}>{t(template.title)}</a>
            </h3>
            <p>{t(template.description)}</p>
            <p className="card__teaches">{t(template.teaches)}</p>
            <Tags names={template.tags.map((tag) => t(tag))} />
          </div>
        </article>
      ))}
    </div>
  );
}

/** `leads`: the first is shown larger, as the one to go on with. */
export function GraphCards({
  graphs,
  leads,
  onMenu,
}: {
  readonly graphs: readonly GraphListing[];
  readonly leads: boolean;
  readonly onMenu: (id: GraphId, at: Point) => void;
}) {
  return (
    <div className="cards">
      {graphs.map((graph, nth) => (
        <GraphCard key={graph.id} graph={graph} isLeading={leads && nth === 0} onMenu={(at) => onMenu(graph.id, at)} />
      ))}
    </div>
  );
}

function GraphCard({
  graph: { id, title, thumbnail, updatedAt, tags = [] },
  isLeading,
  onMenu,
}: {
  readonly graph: GraphListing;
  readonly isLeading: boolean;
  readonly onMenu: (at: Point) => void;
}) {
  return (
    <article className={isLeading ? 'card card--leading' : 'card'} data-graph={id}>
      <Thumbnail hash={thumbnail} />
      <div className="card__text">
        <h2 className="card__title">
          <a href={linkTo({ screen: 'graph', id })}>{titleInWords(title)}</a>
        </h2>
        <p className="tabular">{dateAndTime(updatedAt)}</p>
        <Tags names={tags} />
        {isLeading && (
          <span className="button button--primary card__goes-on" aria-hidden>
            {t('Continue')}
          </span>
        )}
      </div>
      <button
        className="button button--icon card__action"
        type="button"
        aria-haspopup="menu"
        aria-label={t('What can be done with {0}', titleInWords(title))}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          onMenu({ x: left, y: bottom });
        }}
      >
        <Ellipsis size={14} aria-hidden />
      </button>
    </article>
  );
}

export function Tags({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div className="card__tags">
      {names.map((name) => (
        <span key={name} className="tag">
          {name}
        </span>
      ))}
    </div>
  );
}

export function Thumbnail({ hash }: { readonly hash: ArtifactHash | undefined }) {
  const url = useUrl(hash);
  return url ? <img className="card__picture" src={url} alt="" loading="lazy" /> : <div className="card__picture" />;
}
