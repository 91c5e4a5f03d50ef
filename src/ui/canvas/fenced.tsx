/**
 * A thing on the canvas in a fence of its own: one that cannot be drawn, or is not loaded yet, keeps its place, and the
 * others are drawn.
 */
import type { NodeProps } from '@xyflow/react';
import { memo, Suspense, type ComponentType } from 'react';
import { Fence } from '../fence.tsx';
import { t } from '../../words/t.ts';

/** `what`: English, as the beginning of a sentence. */
export function fenced(Thing: ComponentType<NodeProps>, what: string): ComponentType<NodeProps> {
  return memo(function Fenced(props: NodeProps) {
    return (
      <Fence what={t(what)} room="card">
        <Suspense>
          <Thing {...props} />
        </Suspense>
      </Fence>
    );
  });
}
