/** Words that say how others belong together: numbers, negations, relations, and those that ask for nothing to be drawn. */

export type Relation = 'in' | 'on' | 'under' | 'beside' | 'in front of' | 'behind' | 'holding' | 'against' | 'above';
/** "In" is one only before what something can stand in. */
export const RELATIONS: Readonly<Record<Exclude<Relation, 'in'>, string>> = {
  on: 'on|onto|upon|on top of|atop|riding',
  under: 'under|beneath|underneath|below',
  beside: 'beside|next to|alongside|near|close to|by',
  'in front of': 'in front of',
  behind: 'behind|at the back of',
  holding: 'holding|carrying|clutching',
  against: 'against|leaning against|leaning on',
  above: 'above|over|flying over|hovering over|hovering above',
};

export const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  single: 1,
  lone: 1,
  solitary: 1,
  two: 2,
  pair: 2,
  couple: 2,
  both: 2,
  three: 3,
  trio: 3,
  four: 4,
  five: 5,
  six: 6,
  several: 4,
  few: 3,
  many: 9,
  group: 6,
  row: 5,
  collection: 5,
  dozens: 24,
  dozen: 12,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  twenty: 20,
  hundred: 40,
  hundreds: 40,
  crowd: 34,
  flock: 9,
  herd: 8,
  swarm: 14,
  pack: 5,
  bunch: 5,
  audience: 30,
};
/** More of one thing than this are not drawn. */
export const MOST = 40;

export const NEGATIONS: ReadonlySet<string> = new Set('no|without|not|never|minus|except|avoid|free'.split('|'));
/** Before a noun. */
export const ARTICLES: ReadonlySet<string> = new Set(
  'a|an|the|any|its|his|her|their|my|our|your|this|that|these|those|some|another|every|each'.split('|'),
);
/** What follows these is part of what stands before, or says where, and is no subject of its own. */
export const MINOR: ReadonlySet<string> = new Set(
  'of|in|at|with|by|to|for|from|into|through|during|inside|across|towards|toward|around|along|between|like|as|per|via|wearing|made|off|out|within|featuring|after|before'.split(
    '|',
  ),
);
/** Says nothing that a picture could show. */
export const FILLERS: ReadonlySet<string> = new Set(
  'and|or|but|is|are|was|were|be|being|very|really|so|too|just|also|there|here|it|which|who|where|while|when|then|than|up|down|left|right|quite|rather|slightly|extremely|highly|super|ultra|shot|scene|view|image|picture|pictures|style|styled|look|looks|looking|feel|feeling|atmosphere|atmospheric|mood|lighting|lit|composition|quality|high quality|best|masterpiece|award-winning|award|winning|detailed|intricate|beautiful|stunning|gorgeous|nice|pretty|lovely|amazing|great|perfect|professional|artistic|aesthetic|creative|unique|sharp|focus|resolution|hd|uhd|4k|8k|hdr|render|rendering|octane|unreal|engine|trending|artstation|rendered|exposure|long exposure|shutter|aperture|iso|lens|angle|shallow|hour|time|day|way|kind|type|version|set|showing|shows|depicting|saying|says|written|titled|labelled|depicts|please|make|draw|create|generate|show|something|somewhere|full|whole|entire|single|small|tiny|big|large|huge|giant|tall|wide|distant|distance|far|background|foreground|center|centre|middle|front|back|side|top|bottom|corner|edge|frame|framed|visible|seen|covered|filled|surrounded|surrounding|standing|lying|placed|set|against|one|color|colour|colors|colours|coloured|colored|tone|tones|shade|shades|palette|accent|accents|photo of|series'.split(
    '|',
  ),
);
/** What lies in a place and is no thing of its own: not drawn, and no card says that it is there. */
export const GROUND: ReadonlySet<string> = new Set(
  'path|paths|footpath|pathway|trail|trails|track|tracks|walkway|driveway|clearing|glade|slope|slopes|ridge|ledge|pavement|pfad|pfade|lichtung|hang|abhang'.split(
    '|',
  ),
);
/** Things with a name that are drawn as a card with their name on it: a thing of its own all the same. */
export const THINGS: ReadonlySet<string> = new Set(
  'axe|shield|bow|spear|halberd|gun|rifle|pistol|cannon|harp|flute|saxophone|accordion|microscope|printer|keyboard|tablet|camcorder|projector|satellite|space station|airship|zeppelin|drone|glider|biplane|excavator|crane|forklift|ambulance|fire truck|tank|tram|snowboard|carriage|chariot|wagon|galleon|pirate ship|hovercraft|necklace|bracelet|earring|pearl|glove|sock|belt|tie|wallet|lock|comb|brush|broom|wrench|screwdriver|needle|thread|rope|chain|wheel|gear|engine|battery|magnet|compass|map|doll|puppet|puzzle|chess|domino|medal|mask|wig|statue|obelisk|sphinx|stadium|factory|mosque|synagogue|yurt|dam|tunnel|elevator|escalator|staircase|stairs|wardrobe|carpet|curtain|pillow|blanket|fridge|oven|stove|sink|toilet|bathtub|spoon|fork|knife|pan|dragon|phoenix|griffin|mermaid|fairy|elf|troll|goblin|zombie|vampire|werewolf|angel|demon|dinosaur|tyrannosaurus|centaur|bat|koala|sloth|otter|beaver|badger|skunk|raccoon|weasel|mole|lizard|crocodile|alligator|chameleon|iguana|dragonfly|ant|spider|scorpion|mosquito|grasshopper|caterpillar|jellyfish|starfish|seahorse|shrimp|coral|ostrich|peacock|pelican|toucan|woodpecker|sandwich|sushi|taco|pasta|spaghetti|rice|steak|sausage|hot dog|fries|popcorn|cookie|pancake|waffle|coconut|potato|onion|garlic|cabbage|broccoli|pepper|chili|cucumber|tornado|comet|meteor|scarecrow'.split(
    '|',
  ),
);
