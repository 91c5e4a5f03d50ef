/** What to draw, in a photographer's words: the plain data between a request and its pixels. */
import type { Rgb } from '../raster/colour.ts';
import type { Shape } from './drawing.ts';
import type { Extra, Lens, Material, Mood, PlaceName, Season, Style, Surface, Time, Weather } from './lexicon.ts';
import type { Light } from './painter.ts';
import type { ReferenceLook } from './reference.ts';
import type { Subject } from './shapes.ts';

export interface PlacedSubject {
  readonly shape: Subject;
  /** Its own where that of its name is not enough: a person, a card, a sign. */
  readonly drawing: Shape;
  /** Foot point in fractions of the frame. */
  readonly x: number;
  readonly y: number;
  /** Height in fractions of the frame's height. */
  readonly size: number;
  readonly flip: boolean;
  readonly colour: Rgb;
  readonly material: Material | undefined;
  readonly depth: number;
  /** The row of the ground below it, where it stands on something else. */
  readonly above?: number;
}
export interface SceneSpec {
  readonly seed: number;
  readonly place: PlaceName;
  /** What a wall is made of. */
  readonly surface: Surface;
  /** What is written on a wall. */
  readonly letters: { readonly text: string; readonly isNeon: boolean; readonly colour: Rgb } | undefined;
  readonly time: Time;
  readonly season: Season | undefined;
  readonly weathers: ReadonlySet<Weather>;
  readonly style: Style;
  readonly lens: Lens | undefined;
  readonly moods: ReadonlySet<Mood>;
  readonly extras: ReadonlySet<Extra>;
  readonly banned: ReadonlySet<string>;
  /** Row of the horizon, fraction from the top. */
  readonly horizon: number;
  /** The sun or moon, fractions of the frame. */
  readonly sun: {
    readonly x: number;
    readonly y: number;
    readonly colour: Rgb;
    readonly glow: number;
    readonly disc: number;
    readonly radius: number;
  };
  readonly sky: readonly [Rgb, Rgb, Rgb];
  readonly haze: Rgb;
  readonly hazeAmount: number;
  readonly land: Rgb;
  readonly ground: Rgb;
  readonly accent: Rgb;
  readonly light: Light;
  /** 0 none … 1 closed. */
  readonly clouds: number;
  readonly stars: number;
  readonly subjects: readonly PlacedSubject[];
  readonly finish: {
    readonly exposure: number;
    readonly saturation: number;
    readonly contrast: number;
    readonly vignette: number;
    readonly grain: number;
    readonly low: Rgb;
    readonly high: Rgb;
    readonly tint: number;
    readonly fade: number;
    readonly harsh: number;
    readonly bloom: number;
    /** Depth of field, 0 none … 1 shallow. */
    readonly shallow: number;
  };
}
export interface SceneRequest {
  readonly prompt: string;
  readonly negative: string;
  readonly seed: number;
  readonly guidance: number;
  /** Width over height. */
  readonly aspect: number;
  readonly reference?: ReferenceLook;
}
