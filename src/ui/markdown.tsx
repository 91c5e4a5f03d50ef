import ReactMarkdown from 'react-markdown';
import { isModest } from './markdown-limits.ts';
import { t } from '../words/t.ts';

/**
 * Pictures would be fetched when a graph is opened, so they are named instead of shown. What nests without end is shown
 * as it was written.
 */
export default function Markdown({ text }: { readonly text: string }) {
  if (!isModest(text)) return <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</p>;
  return (
    <ReactMarkdown
      skipHtml
      components={{
        a: ({ href, children }) => (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="nodrag">
            {children}
          </a>
        ),
        img: ({ alt }) => <em>{alt || t('picture')}</em>,
      }}
    >
      {text}
    </ReactMarkdown>
  );
}
