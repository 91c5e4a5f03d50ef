/** What can be done with several things at once: set out, align, join, frame, make one, export. */
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
  Cable,
  Frame,
  GalleryHorizontal,
  GalleryVertical,
  ImageDown,
  LayoutGrid,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { useReactFlow } from '@xyflow/react';
import { actionFor, type ActionId } from '../actions.ts';
import { comboInWords } from '../keys.ts';
import { useApp, useFact } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { t, w } from '../../words/t.ts';
import './selection-bar.css';

type Button = readonly [action: ActionId, label: string, icon: LucideIcon];
/** What belongs together stays together where the bar needs a second line. */
const GROUPS: readonly (readonly Button[])[] = [
  [
    ['arrange', w('Arrange'), Workflow],
    ['in-row', w('Set in a row'), GalleryHorizontal],
    ['in-column', w('Set in a column'), GalleryVertical],
    ['in-grid', w('Set in a grid'), LayoutGrid],
  ],
  [
    ['align-left', w('Align left'), AlignStartVertical],
    ['align-centre', w('Align centre'), AlignCenterVertical],
    ['align-right', w('Align right'), AlignEndVertical],
    ['align-top', w('Align top'), AlignStartHorizontal],
    ['align-middle', w('Align middle'), AlignCenterHorizontal],
    ['align-bottom', w('Align bottom'), AlignEndHorizontal],
    ['distribute-across', w('Distribute from left to right'), AlignHorizontalSpaceAround],
    ['distribute-down', w('Distribute from top to bottom'), AlignVerticalSpaceAround],
  ],
  [
    ['join', w('Join the selected nodes'), Cable],
    ['frame', w('Frame'), Frame],
    ['make-component', w('Make component'), Boxes],
    ['export-pictures', w('Export the pictures of the selected nodes'), ImageDown],
  ],
];

export function SelectionBar() {
  const app = useApp();
  const flow = useReactFlow();
  const count = useFact(app.workspace, (state) => state.selection.length + state.selectedMarks.length);
  const readOnly = useFact(app.document, (state) => state.readOnly);
  if (count < 2 || readOnly) return null;
  return (
    <div className="selectionbar" role="toolbar" aria-label={t('{0} selected', count)}>
      <span className="tabular">{t('{0} selected', count)}</span>
      {GROUPS.map((buttons) => (
        <div key={buttons[0]![0]} className="selectionbar__group">
          {buttons.map(([id, label, Icon]) => {
            const action = actionFor(app, flow, id);
            return (
              <button
                key={id}
                className="button button--quiet button--icon"
                type="button"
                aria-label={t(label)}
                {...tip(action.keys[0] ? `${t(label)} (${comboInWords(action.keys[0])})` : t(label))}
                onClick={action.run}
              >
                <Icon size={16} aria-hidden />
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
