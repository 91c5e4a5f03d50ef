/** All subjects that can be drawn, by name. A family is a file in `drawings`; a new one needs a line here. */
import type { Drawn } from './drawing.ts';
import { BELONGINGS } from './drawings/belongings.ts';
import { BIRDS } from './drawings/birds.ts';
import { BLOOMS } from './drawings/blooms.ts';
import { BUILDINGS } from './drawings/buildings.ts';
import { DEVICES } from './drawings/devices.ts';
import { DOGS_AND_CATS } from './drawings/dogs-and-cats.ts';
import { FLYING_ANIMALS } from './drawings/flying-animals.ts';
import { FOODS } from './drawings/foods.ts';
import { FRUITS } from './drawings/fruits.ts';
import { FURNITURE } from './drawings/furniture.ts';
import { FURRY_ANIMALS } from './drawings/furry-animals.ts';
import { GARMENTS } from './drawings/garments.ts';
import { HOOFED_ANIMALS } from './drawings/hoofed-animals.ts';
import { HOUSEHOLD } from './drawings/household.ts';
import { LIGHTS } from './drawings/lights.ts';
import { MADE_DISHES } from './drawings/made-dishes.ts';
import { MORE_VEHICLES } from './drawings/more-vehicles.ts';
import { PLANTS } from './drawings/plants.ts';
import { SACRED_BUILDINGS } from './drawings/sacred-buildings.ts';
import { SEA_ANIMALS } from './drawings/sea-animals.ts';
import { SIGNS } from './drawings/signs.ts';
import { SMALL_ANIMALS } from './drawings/small-animals.ts';
import { TOYS_AND_MUSIC } from './drawings/toys-and-music.ts';
import { VEHICLES } from './drawings/vehicles.ts';
import { VESSELS } from './drawings/vessels.ts';
import { WILD_THINGS } from './drawings/wild-things.ts';

const DRAWN = {
  ...VESSELS,
  ...BELONGINGS,
  ...DEVICES,
  ...LIGHTS,
  ...FURNITURE,
  ...VEHICLES,
  ...BUILDINGS,
  ...PLANTS,
  ...FOODS,
  ...DOGS_AND_CATS,
  ...HOOFED_ANIMALS,
  ...FURRY_ANIMALS,
  ...BIRDS,
  ...FLYING_ANIMALS,
  ...SEA_ANIMALS,
  ...SMALL_ANIMALS,
  ...WILD_THINGS,
  ...BLOOMS,
  ...FRUITS,
  ...GARMENTS,
  ...HOUSEHOLD,
  ...MADE_DISHES,
  ...MORE_VEHICLES,
  ...SACRED_BUILDINGS,
  ...TOYS_AND_MUSIC,
  ...SIGNS,
};
/** The name of a drawing. `figure` and `portrait` are drawn for a person, `card` and `sign` with letters. */
export type Subject = keyof typeof DRAWN;

export const SHAPES: Readonly<Record<Subject, Drawn>> = DRAWN;
