/** What a prompt says of a person, and who is drawn for it: the rest is chosen by chance. */
import { blend, lch, shift, type Rgb } from '../raster/colour.ts';

export type Hat =
  | 'hat'
  | 'cap'
  | 'crown'
  | 'helmet'
  | 'pointed hat'
  | 'sailor cap'
  | 'hood'
  | 'chef hat'
  | 'cowboy hat'
  | 'beanie';
export type Pose = 'standing' | 'walking' | 'running' | 'sitting' | 'dancing' | 'waving' | 'holding';
/** Nothing where it is left open. */
export interface PersonLook {
  readonly age?: 'child' | 'young' | 'old';
  readonly gender?: 'woman' | 'man';
  readonly hair?: 'long' | 'short' | 'bald' | 'curly' | 'bun' | 'ponytail';
  /** "#rrggbb" or the name of a natural colour. */
  readonly hairColour?: string;
  readonly beard?: 'beard' | 'moustache';
  readonly glasses?: 'clear' | 'dark';
  readonly hat?: Hat;
  readonly hatColour?: string;
  readonly dress?: 'dress' | 'coat' | 'robe' | 'suit' | 'armour';
  readonly pose?: Pose;
  readonly mouth?: 'laughing' | 'smiling' | 'sad';
  readonly scarf?: true;
}
/** Everything decided. */
export interface Person extends Omit<PersonLook, 'hairColour' | 'hatColour'> {
  readonly skin: Rgb;
  readonly hairTone: Rgb;
  readonly hatTone: Rgb;
  readonly top: Rgb;
  readonly bottom: Rgb;
}

const HAIR: readonly Rgb[] = [
  lch(0.24, 0.02, 60),
  lch(0.3, 0.035, 50),
  lch(0.4, 0.06, 55),
  lch(0.55, 0.09, 70),
  lch(0.44, 0.11, 45),
];
const SKIN: readonly Rgb[] = [
  lch(0.82, 0.05, 60),
  lch(0.76, 0.065, 58),
  lch(0.66, 0.075, 55),
  lch(0.54, 0.07, 52),
  lch(0.43, 0.06, 50),
];
const CLOTHES: readonly Rgb[] = [
  lch(0.52, 0.12, 30),
  lch(0.45, 0.1, 255),
  lch(0.6, 0.1, 150),
  lch(0.7, 0.12, 80),
  lch(0.4, 0.07, 320),
  lch(0.62, 0.02, 260),
  lch(0.35, 0.05, 262),
  lch(0.85, 0.03, 85),
];
const TROUSERS: readonly Rgb[] = [lch(0.3, 0.04, 262), lch(0.34, 0.02, 60), lch(0.42, 0.05, 250), lch(0.5, 0.04, 70)];

/** `colour`: of what they wear. */
export function personFor(
  look: PersonLook,
  colour: Rgb | undefined,
  hairColour: Rgb | undefined,
  hatColour: Rgb | undefined,
  random: () => number,
): Person {
  const any = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)]!;
  // Each is drawn whatever is given, so that saying one thing changes nothing else.
  const [tone, skin, top, bottom, gender] = [
    any(HAIR),
    any(SKIN),
    any(CLOTHES),
    any(TROUSERS),
    any(['woman', 'man'] as const),
  ];
  const isOld = look.age === 'old';
  const grey = lch(0.86, 0.008, 90);
  const who = look.gender ?? (look.beard ? 'man' : gender);
  return {
    ...look,
    gender: who,
    hair: look.hair ?? (who === 'woman' ? (isOld ? 'bun' : 'long') : 'short'),
    skin,
    hairTone: hairColour ?? (isOld ? grey : tone),
    hatTone: hatColour ?? shift(blend(colour ?? top, bottom, 0.5), 0.8),
    top: colour ?? top,
    bottom,
  };
}
