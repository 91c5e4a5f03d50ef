/** What stands at the foot of the canvas: the takes of the chosen node, and the run bar. */
import type { Finding } from '../../discipline/rule.ts';
import { Fence, SelectionFence } from '../fence.tsx';
import { useApp, useFact } from '../app-context.ts';
import { part } from '../part.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { RunBar } from './run-bar.tsx';
import { Suspense } from 'react';
import { t } from '../../words/t.ts';

const LessonPanel = part(() => import('./lesson-panel.tsx'));

export default function Dock({ findings }: { readonly findings: readonly Finding[] }) {
  const { teaching } = useApp();
  const isLesson = useFact(teaching, (state) => state.lesson !== undefined);
  return (
    <>
      {isLesson && (
        <Fence what={t('The lesson')} room="line">
          <Suspense fallback={null}>
            <LessonPanel />
          </Suspense>
        </Fence>
      )}
      <SelectionFence what={t('The strip of takes')} room="line">
        <Filmstrip />
      </SelectionFence>
      <Fence what={t('The run bar')} room="line">
        <RunBar findings={findings} />
      </Fence>
    </>
  );
}
