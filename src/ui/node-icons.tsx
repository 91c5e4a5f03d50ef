/** Which icon a node wears. New nodes get their layer's icon until they are given one. */
import {
  Anchor,
  Aperture,
  BadgeCheck,
  Blend,
  Boxes,
  Brush,
  Camera,
  ClipboardCheck,
  Combine,
  Crop,
  Dices,
  Film,
  Focus,
  FolderInput,
  Gauge,
  Grid3x3,
  Hash,
  Image,
  ImagePlus,
  LayoutGrid,
  Maximize2,
  Move3d,
  MoveHorizontal,
  Package,
  Palette,
  PersonStanding,
  Puzzle,
  RectangleHorizontal,
  Repeat,
  Scissors,
  Sparkles,
  Stamp,
  StepForward,
  TextCursorInput,
  Timer,
  Type,
  Waves,
  type LucideIcon,
} from 'lucide-react';
import { componentIdOf } from '../graph/component-type.ts';
import type { Layer } from '../core/node.ts';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  prompt: Type,
  seed: Dices,
  guidance: Gauge,
  aspect: RectangleHorizontal,
  reference: ImagePlus,
  import: FolderInput,
  motion: Move3d,
  acceptance: ClipboardCheck,
  text: TextCursorInput,
  number: Hash,
  image: Image,
  animate: PersonStanding,
  film: Film,
  upscale: Maximize2,
  denoise: Waves,
  sharpen: Focus,
  grade: Palette,
  grain: Sparkles,
  reframe: Crop,
  trim: Scissors,
  gate: Stamp,
  stitch: Combine,
  retime: Timer,
  loop: Repeat,
  stabilise: Anchor,
  grab: Camera,
  match: Blend,
  'split-grid': Grid3x3,
  'contact-sheet': LayoutGrid,
  extend: StepForward,
  bridge: MoveHorizontal,
  deliver: Package,
};
const LAYER_ICONS: Readonly<Record<Layer, LucideIcon>> = {
  control: Aperture,
  generation: Brush,
  refinement: BadgeCheck,
};

export interface NodeIconProps {
  readonly type: string;
  /** `undefined` for a node nobody knows. */
  readonly layer: Layer | undefined;
  readonly size?: number;
}
export function DrawnIcon({ type, layer, size = 15 }: NodeIconProps) {
  const Icon = ICONS[type] ?? (componentIdOf(type) ? Boxes : layer ? LAYER_ICONS[layer] : Puzzle);
  return <Icon size={size} aria-hidden />;
}
