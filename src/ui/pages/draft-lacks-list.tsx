/** What is still missing, where it is written. */
import { TriangleAlert } from 'lucide-react';
import type { DraftLack } from '../../lessons/draft-lacks.ts';
import { t, tell } from '../../words/t.ts';

export function DraftLacks({ lacks }: { readonly lacks: readonly DraftLack[] }) {
  if (lacks.length === 0) return null;
  return (
    <ul className="writing__lacks" aria-label={t('Still missing')}>
      {lacks.map(({ what }, at) => (
        <li key={at}>
          <TriangleAlert size={13} aria-hidden /> {tell(what)}
        </li>
      ))}
    </ul>
  );
}
