import ReactMarkdown from 'react-markdown';
import { t } from './words/t.ts';

/** Pictures would be fetched when a graph is opened, so they are named instead of shown. */
export default function Markdown({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown
      skipHtml
      components={{
        a: ({ href, children }) => <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="nodrag">{children}</a>,
        img: ({ alt }) => <em>{alt || t('picture')}</em>,
      }}
    >
      {text}
    </ReactMarkdown>
  );
}
