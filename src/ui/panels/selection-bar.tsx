/** What can be done with several things at once: align, spread out, frame, make one. */
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  Boxes,
  Frame,
  type LucideIcon,
} from 'lucide-react';
import { useReactFlow } from '@xyflow/react';
import { actionsFor } from '../actions.ts';
import { comboInWords } from '../keys.ts';
import { useApp, useFact } from '../app-context.ts';
import { t, w } from '../../words/t.ts';

const BUTTONS: readonly (readonly [action: string, label: string, icon: LucideIcon])[] = [
  ['Align left', w('Align left'), AlignStartVertical],
  ['Align centre', w('Align centre'), AlignCenterVertical],
  ['Align right', w('Align right'), AlignEndVertical],
  ['Align top', w('Align top'), AlignStartHorizontal],
  ['Align middle', w('Align middle'), AlignCenterHorizontal],
  ['Align bottom', w('Align bottom'), AlignEndHorizontal],
  ['Distribute from left to right', w('Distribute from left to right'), AlignHorizontalSpaceAround],
  ['Distribute from top to bottom', w('Distribute from top to bottom'), AlignVerticalSpaceAround],
  ['Frame the selection', w('Frame'), Frame],
  ['Make component', w('Make component'), Boxes],
];

export function SelectionBar() {
  const app = useApp();
  const flow = useReactFlow();
  const count = useFact(app.workspace, (state) => state.selection.length + state.selectedMarks.length);
  const readOnly = useFact(app.document, (state) => state.readOnly);
  if (count < 2 || readOnly) return null;
  const actions = actionsFor(app, flow);
  return (
    <div className="selectionbar" role="toolbar" aria-label={t('{0} selected', count)}>
      <span className="tabular">{t('{0} selected', count)}</span>
      {BUTTONS.map(([name, label, Icon]) => {
        const action = actions.find((one) => one.name === name)!;
        return (
          <button
            key={name}
            className="button button--quiet button--icon"
            type="button"
            aria-label={t(label)}
            title={action.keys[0] ? `${t(label)} (${comboInWords(action.keys[0])})` : t(label)}
            onClick={action.run}
          >
            <Icon size={16} aria-hidden />
          </button>
        );
      })}
    </div>
  );
}
