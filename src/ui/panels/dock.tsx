/** What stands below the canvas: the takes of the chosen node, and the run bar. */
import type { Finding } from '../../discipline/rule.ts';
import { Fence, SelectionFence } from '../fence.tsx';
import { useNoticeRoom } from '../notice-room.ts';
import { Filmstrip } from './filmstrip.tsx';
import { RunBar } from './run-bar.tsx';
import { t } from '../../words/t.ts';

export default function Dock({ findings }: { readonly findings: readonly Finding[] }) {
  useNoticeRoom();
  return (
    <>
      <SelectionFence what={t('The strip of takes')} room="line">
        <Filmstrip />
      </SelectionFence>
      <Fence what={t('The run bar')} room="line">
        <RunBar findings={findings} />
      </Fence>
    </>
  );
}
