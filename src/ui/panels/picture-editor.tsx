/** The picture of a node over the page, to be cropped, marked and masked. Every change is kept at once. */
import { Check } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { NodeId } from '../../core/ids.ts';
import type { FileSetting } from '../../core/params.ts';
import type { LayerColour, DrawnMark, PictureLayer } from '../../core/picture-layer.ts';
import {
  markSize,
  movedCrop,
  movedPoints,
  resizedCrop,
  withChangedMark,
  withoutMark,
  withStroke,
  type CropHandle,
} from '../../markup/layer-edits.ts';
import { useApp, useFact } from '../app-context.ts';
import { titleOf } from '../connections.ts';
import { isField } from '../focus.ts';
import { comboOf } from '../keys.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { UndoButtons } from '../widgets/undo-buttons.tsx';
import { gestureAt, placedInMiddle, wholeOf, type GestureSettings, type PictureGesture } from './picture-gestures.ts';
import { PictureOptions } from './picture-options.tsx';
import { PictureStage, type PictureStageProps } from './picture-stage.tsx';
import { PictureToolbar } from './picture-toolbar.tsx';
import {
  CROP_SHAPES,
  MOST_STEPS,
  PICTURE_TOOLS,
  pixelsOfSteps,
  sizeStep,
  stepsOfPixels,
  toolOfKey,
  type PictureTool,
} from './picture-tools.ts';
import { usePictureLayer, type PictureLayerEdits } from './use-picture-layer.ts';
import { t, tell, w } from '../../words/t.ts';
import './picture-editor.css';

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  arrowleft: [-1, 0],
  arrowright: [1, 0],
  arrowup: [0, -1],
  arrowdown: [0, 1],
};
/** With Shift an arrow goes so many pixels. */
const FAR = 10;
/** Shorter drags, in pixels of the screen, draw no arrow, no box and no crop. */
const LEAST_DRAG = 4;

export default function PictureEditor() {
  const { workspace } = useApp();
  const node = useFact(workspace, (state) => state.drawingOn);
  return node === undefined ? null : <Opened key={node} node={node} />;
}

function Opened({ node }: { readonly node: NodeId }) {
  const { workspace } = useApp();
  const edits = usePictureLayer(node);
  const isGone = edits === undefined;
  useEffect(() => {
    if (!isGone) return;
    workspace.setState({ drawingOn: undefined });
    workspace.notify('info', t('This node has no picture of its own to draw on.'));
  }, [isGone, workspace]);
  return edits && <Drawing node={node} edits={edits} />;
}

function Drawing({ node, edits }: { readonly node: NodeId; readonly edits: PictureLayerEdits }) {
  const { document, registry, workspace } = useApp();
  const { file, layer, change } = edits;
  const picture = { width: file.width ?? 1, height: file.height ?? 1 };
  const step = sizeStep(picture);
  const title = useFact(document, ({ board }) => titleOf(board, registry, node));
  const [tool, setTool] = useState<PictureTool>('arrow');
  const [colour, setColour] = useState<LayerColour>('red');
  const [steps, setSteps] = useState({ marks: 2, mask: 16 });
  const [shapeName, setShapeName] = useState<string>();
  const [chosen, select] = useState<number>();
  const [drawn, setDrawn] = useState<{ readonly over: FileSetting; readonly layer: PictureLayer }>();
  /**
   * What the pointer does now, and the layer as it would be: what is shown of it may come a moment later. It goes on from
   * the layer it began with, so it is not meant any more once that was changed (`over`), by keys or elsewhere.
   */
  const held = useRef<{ readonly gesture: PictureGesture; readonly over: FileSetting; layer?: PictureLayer }>(
    undefined,
  );
  const firstTool = useRef<HTMLButtonElement>(null);
  /** The label that was just placed. */
  const [written, setWritten] = useState<number>();
  const shape = shapeName === undefined ? undefined : CROP_SHAPES[shapeName];
  const shown = drawn?.over === file ? drawn.layer : layer;
  const selected = chosen !== undefined && chosen < layer.marks.length ? chosen : undefined;
  const mark = selected === undefined ? undefined : layer.marks[selected];
  const settings: GestureSettings = { tool, layer, picture, colour, steps, shape, selected };
  const isPainting = tool === 'brush' || tool === 'eraser';
  const close = () => workspace.setState({ drawingOn: undefined });

  const choose = (next: PictureTool) => {
    setTool(next);
    if (PICTURE_TOOLS[next].of !== 'select') select(undefined);
  };
  /** A label that was just placed is written at once. */
  const keep = ({ label, selects }: PictureGesture, next: PictureLayer) => {
    change(label, next);
    if (selects === undefined) return;
    select(selects);
    const isNewLabel = next.marks.length > layer.marks.length && next.marks[selects]?.kind === 'label';
    if (isNewLabel) setWritten(selects);
  };
  const changeMark = (label: string, changed: Partial<DrawnMark>, part?: string) => {
    if (selected !== undefined) change(label, withChangedMark(layer, selected, changed), part && `${part} ${selected}`);
  };
  const removeMark = () => {
    if (selected === undefined) return;
    change(w('Remove a mark'), withoutMark(layer, selected));
    select(undefined);
    firstTool.current?.focus();
  };
  const setSize = (count: number) => {
    const bounded = Math.min(MOST_STEPS, Math.max(1, count));
    if (mark)
      changeMark(w('Change the size of a mark'), { size: markSize(pixelsOfSteps(mark.kind, bounded, step)) }, 'size');
    const kind = mark || PICTURE_TOOLS[tool].of !== 'mask' ? 'marks' : 'mask';
    setSteps((before) => ({ ...before, [kind]: bounded }));
  };
  const size = mark
    ? stepsOfPixels(mark.kind, mark.size, step)
    : PICTURE_TOOLS[tool].of === 'mask'
      ? steps.mask
      : steps.marks;
  const place = () => {
    const placed = placedInMiddle(settings);
    if (placed) keep(placed.gesture, placed.layer);
  };
  const invert = () => change(w('Invert the mask'), withStroke(layer, { kind: 'invert', size: 1, points: [] }));

  const cropByKey = (event: KeyboardEvent<Element>, grip: string) => {
    const combo = comboOf(event);
    const way = ARROWS[combo.replace('shift+', '')];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const far = combo.startsWith('shift+') ? FAR : 1;
    const [x, y] = [way[0] * far, way[1] * far];
    const crop = layer.crop ?? wholeOf(picture);
    const [edgeX, edgeY] = [
      grip.includes('w') ? crop.x : crop.x + crop.width,
      grip.includes('n') ? crop.y : crop.y + crop.height,
    ];
    const next =
      grip === 'frame'
        ? movedCrop(crop, x, y, picture)
        : resizedCrop(crop, grip as CropHandle, edgeX + x, edgeY + y, picture, shape);
    change(w('Crop the picture'), { ...layer, crop: next }, 'crop by key');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const combo = comboOf(event);
    const target = event.target as Element;
    if (combo === 'ctrl+z' || combo === 'ctrl+shift+z' || combo === 'ctrl+y') {
      event.preventDefault();
      if (combo === 'ctrl+z') edits.undo();
      else edits.redo();
      return;
    }
    if (isField(target)) return;
    const way = ARROWS[combo.replace('shift+', '')];
    const isMoving = way && mark && target.closest('.picture-stage');
    if (isMoving) {
      const far = combo.startsWith('shift+') ? FAR : 1;
      changeMark(w('Move a mark'), { points: movedPoints(mark.points, way[0] * far, way[1] * far) }, 'move');
    } else if (combo === 'delete' || combo === 'backspace') removeMark();
    else if (combo === '[') setSize(size - 1);
    else if (combo === ']') setSize(size + 1);
    else if (combo === 'i') invert();
    else if (toolOfKey(combo)) choose(toolOfKey(combo)!);
    else return;
    event.preventDefault();
  };

  const show = (next: PictureLayer) => {
    held.current!.layer = next;
    setDrawn({ over: file, layer: next });
  };
  const letGo = () => {
    const done = held.current;
    held.current = undefined;
    setDrawn(undefined);
    return done;
  };
  const pointers: PictureStageProps['pointers'] = {
    begin(at, grip) {
      const gesture = gestureAt(at, grip, settings);
      held.current = gesture && { gesture, over: file };
      const isHeld = grip.mark !== undefined || grip.crop !== undefined;
      select(gesture && grip.mark !== undefined ? grip.mark : undefined);
      // A label and a number are there from the beginning, and so is a dot.
      if (gesture && !gesture.needsRoom && !isHeld) show(gesture.to(at));
    },
    move(to) {
      if (held.current?.over === file) show(held.current.gesture.to(to));
    },
    finish(pixels) {
      const done = letGo();
      if (done?.over !== file || !done.layer) return;
      if (!(done.gesture.needsRoom && pixels < LEAST_DRAG)) keep(done.gesture, done.layer);
    },
    cancel: () => void letGo(),
  };

  return (
    <Sheet
      className="sheet picture-editor"
      heading={t('Picture of {0}', title)}
      begin={firstTool}
      onKeyDown={onKeyDown}
      onClose={close}
      beside={
        <>
          <UndoButtons
            isQuiet
            undo={{
              says: edits.undoes ? t('Undo: {0}', tell(edits.undoes)) : t('Nothing to undo'),
              isThere: edits.undoes !== undefined,
              go: edits.undo,
            }}
            redo={{
              says: edits.redoes ? t('Redo: {0}', tell(edits.redoes)) : t('Nothing to redo'),
              isThere: edits.redoes !== undefined,
              go: edits.redo,
            }}
          />
          <button className="button button--primary" type="button" onClick={close}>
            <Check size={14} aria-hidden /> {t('Done')}
          </button>
        </>
      }
    >
      <PictureToolbar tool={tool} chosen={firstTool} onChoose={choose} />
      <PictureOptions
        {...{ tool, layer, picture, mark, size, colour, shapeName, selected, written }}
        onSize={setSize}
        onColour={(next) => {
          setColour(next);
          if (mark) changeMark(w('Change the colour of a mark'), { colour: next });
        }}
        onText={(text) => changeMark(w('Write a label'), { text }, 'text')}
        onShape={setShapeName}
        onChange={change}
        onRemove={removeMark}
        onPlace={place}
        onInvert={invert}
      />
      <PictureStage
        hash={file.hash}
        {...{ picture, tool, selected, shape, pointers }}
        brush={isPainting ? markSize(pixelsOfSteps(tool, steps.mask, step)) : undefined}
        layer={shown}
        onSelect={select}
        onCropKey={cropByKey}
      />
    </Sheet>
  );
}
