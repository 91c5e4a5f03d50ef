/**
 * The words the sketch artist knows. Data only: each line is a setting and the words that ask for it (singular; phrases
 * with spaces).
 */

export const PLACES = {
  studio:
    'studio|plinth|pedestal|podium|backdrop|cyclorama|product shot|product photo|packshot|product|commercial|advertising|advert|catalogue|catalog|still life|tabletop|display|showcase|seamless',
  room: 'room|interior|living room|bedroom|kitchen|loft|apartment|hotel|lobby|cafe|café|restaurant|library|indoors|indoor|window light|windowsill|desk|table|shelf|gallery|museum|workshop|hall|lounge|bar',
  overhead: 'flat lay|knolling|tabletop from above',
  wall: 'wall|brick wall|red brick wall|concrete wall|stone wall|wooden wall|plank wall|tiled wall|plaster wall|white wall|facade|brickwork|graffiti',
  mountains:
    'mountain|alp|alpine|peak|summit|himalaya|ridge|range|highland|fjord|glacier|matterhorn|everest|patagonia|dolomites|cliff|pass|volcano|crater',
  hills:
    'hill|countryside|tuscany|vineyard|farmland|pasture|valley|rolling hill|moor|shire|farm|rural|village|moorland|terrace|rice terrace',
  forest:
    'forest|pine forest|birch forest|oak forest|wood|woodland|woods|jungle|grove|rainforest|taiga|redwood|undergrowth|clearing|thicket|bamboo|trail',
  meadow:
    'meadow|field|grassland|prairie|wheat field|wheat|lavender field|poppy field|flower field|garden|park|lawn|grass|orchard|savanna|savannah|steppe|picnic',
  sea: 'sea|ocean|seascape|wave|open water|horizon|pacific|atlantic|coast|coastline|bay|shore|harbour|harbor|marina|pier|island|archipelago|underway|nautical|regatta',
  beach: 'beach|sand beach|tropical|lagoon|seaside|surf|caribbean|maldives|dune beach|paradise|summer holiday|vacation',
  lake: 'lake|pond|reservoir|tarn|mirror lake|reflection|river|riverside|stream|canal|waterside|wetland|marsh|swamp|waterfall',
  desert:
    'desert|dune|sahara|sand|arid|oasis|wadi|namib|mojave|mars|martian|arrakis|canyon|mesa|badlands|monument valley|arizona|utah|wild west|western',
  snowfield:
    'tundra|arctic|antarctica|antarctic|polar|snowfield|snowscape|ice field|iceberg|north pole|lapland|ski|ski slope|frozen',
  city: 'city|skyline|cityscape|downtown|metropolis|skyscraper|manhattan|new york|tokyo|shanghai|chicago|hong kong|urban|rooftop|london|paris|berlin|los angeles|dubai|megacity|building|tower block',
  street:
    'street|alley|avenue|boulevard|road|sidewalk|crosswalk|neon street|market|plaza|square|lane|highway|intersection|traffic|shibuya|night market|town|suburb',
  space:
    'space|galaxy|cosmos|nebula|universe|orbit|outer space|interstellar|starfield|deep space|lunar|moon surface|asteroid|milky way|cosmic|sci-fi planet|alien planet|alien world',
  abstract:
    'abstract|gradient|texture|pattern|geometric|shape|wallpaper|background|fluid|ribbon|minimalist composition|mood board|flow|waveform|swirl|silk wave|composition|blob|bauhaus',
} as const;
export type PlaceName = keyof typeof PLACES;

/** What a wall is made of. */
export const SURFACES = {
  brick: 'brick wall|red brick wall|brickwork|brick|bricks',
  concrete: 'concrete wall',
  stone: 'stone wall',
  planks: 'wooden wall|plank wall|plank|wood panelling|wood paneling',
  tiles: 'tiled wall|tile|tiles',
  plaster: 'plaster wall|white wall|plaster|stucco|facade',
} as const;
export type Surface = keyof typeof SURFACES;

export const TIMES = {
  dawn: 'dawn|sunrise|daybreak|first light|early morning|daybreaking',
  morning: 'morning|breakfast|a.m|spring morning|fresh morning',
  noon: 'noon|midday|day|daytime|daylight|bright day|sunny day|summer day|sunny|sunlit|afternoon',
  golden:
    'golden hour|golden|late afternoon|magic hour|warm light|low sun|golden light|sun-drenched|amber light|evening light',
  sunset: 'sunset|sundown|evening|setting sun|afterglow|crimson sky|fiery sky',
  dusk: 'dusk|twilight|blue hour|nightfall|gloaming|half-light',
  night:
    'night|midnight|nighttime|moonlight|moonlit|starry|nocturnal|moon|star|after dark|late night|full moon|starlight',
} as const;
export type Time = keyof typeof TIMES;

export const WEATHERS = {
  clear: 'clear|cloudless|clear sky|blue sky|crisp|fair',
  cloudy: 'cloud|cloudy|partly cloudy|cumulus|billowing|fluffy cloud|dramatic sky|clouded|cloudscape',
  overcast: 'overcast|grey sky|gray sky|dull|gloomy weather|drizzle',
  storm: 'storm|stormy|thunder|thunderstorm|tempest|lightning|squall|hurricane|dark cloud|brooding sky',
  rain: 'rain|rainy|raining|downpour|wet|monsoon|shower|rain-soaked|puddle',
  snow: 'snow|snowing|snowfall|blizzard|snowstorm|flurry|snowflake',
  fog: 'fog|foggy|mist|misty|haze|hazy|smog|steam|smoke|smoky|vapor|vapour|ethereal mist|low cloud|morning mist',
  wind: 'wind|windy|breeze|breezy|gust|windswept',
} as const;
export type Weather = keyof typeof WEATHERS;

export const SEASONS = {
  spring: 'spring|springtime|blossom|cherry blossom|sakura|bloom|blooming|fresh green',
  summer: 'summer|summertime|lush|verdant|green',
  autumn: 'autumn|fall|autumnal|october|maple|harvest|fallen leaf|russet|november',
  winter: 'winter|snowy|snow-covered|snow-capped|wintry|frost|frosty|icy|ice|cold|december|christmas|freezing',
} as const;
export type Season = keyof typeof SEASONS;

export const MATERIALS = {
  glass: 'glass|crystal-clear|transparent|translucent|see-through|clear glass|acrylic|glassy',
  metal: 'metal|metallic|steel|silver|chrome|aluminium|aluminum|iron|brushed|stainless|titanium|platinum|tin|nickel',
  gold: 'gold|gilded|brass|bronze|copper|gold-plated|rose gold',
  ceramic: 'ceramic|porcelain|clay|terracotta|matte|stoneware|earthenware|enamel',
  plastic: 'plastic|glossy|shiny|lacquer|lacquered|rubber|vinyl|silicone|polished|latex|resin',
  wood: 'wooden|oak wood|walnut|timber|bamboo wood|driftwood|mahogany|teak|carved|plywood|rattan',
  fabric:
    'fabric|linen|cotton|wool|velvet|silk|satin|knitted|felt|denim|canvas cloth|tweed|suede|textile|plush|cashmere',
  leather: 'leather|hide|nubuck|suede leather',
  marble: 'marble|stone|granite|concrete|onyx|slate|travertine|limestone|alabaster|terrazzo|jade',
  paper: 'paper|cardboard|origami|papercraft|paper cut|kraft|papier',
  ice: 'ice-cold|frozen glass|frosted|iced',
} as const;
export type Material = keyof typeof MATERIALS;

/** Colour words with their sRGB value. */
export const COLOURS: Readonly<Record<string, string>> = {
  red: '#c8322b',
  crimson: '#a51c30',
  scarlet: '#d8291c',
  ruby: '#9b1b3b',
  burgundy: '#6a1a2c',
  maroon: '#5e1a22',
  vermilion: '#e04a2a',
  cherry: '#a8203a',
  orange: '#e2762a',
  amber: '#d9922e',
  apricot: '#eaa06a',
  tangerine: '#e86f1f',
  peach: '#f0b596',
  coral: '#ee7a5f',
  salmon: '#ec8f7c',
  rust: '#9d4a24',
  terracotta: '#b9603f',
  copper: '#b3683f',
  bronze: '#94693a',
  yellow: '#e8c33a',
  lemon: '#ecdc4e',
  mustard: '#c39a2a',
  gold: '#c99a3a',
  golden: '#d0a044',
  saffron: '#e3a62c',
  honey: '#cf922f',
  ochre: '#b8863b',
  cream: '#efe3c8',
  ivory: '#f1ead9',
  beige: '#d9c7a8',
  sand: '#d4bb90',
  tan: '#b99a72',
  champagne: '#e6d3ad',
  green: '#4a8a4f',
  emerald: '#1f7d58',
  lime: '#9cc23c',
  olive: '#75753a',
  sage: '#9aab8c',
  mint: '#a9d8bf',
  forest: '#2c5538',
  jade: '#3c9373',
  moss: '#6b7a3d',
  pistachio: '#b4c98a',
  chartreuse: '#b7cf3a',
  teal: '#1f7a80',
  turquoise: '#38b3ae',
  cyan: '#35b8d0',
  aqua: '#62c8ca',
  seafoam: '#9fd8c5',
  blue: '#2f62b5',
  navy: '#1d2c55',
  cobalt: '#2046a8',
  azure: '#3a8ad6',
  sapphire: '#1f4596',
  indigo: '#3b3486',
  cerulean: '#2f86b8',
  denim: '#45658c',
  ultramarine: '#2a35a0',
  royal: '#2d4fb0',
  sky: '#86bce6',
  ice: '#cfe6f0',
  'baby blue': '#a9cdea',
  purple: '#6d3c98',
  violet: '#7d52b8',
  lavender: '#b3a2da',
  lilac: '#c2a8d8',
  plum: '#6a2f5c',
  mauve: '#a98aa8',
  magenta: '#c02a80',
  fuchsia: '#cf3a98',
  aubergine: '#46243f',
  amethyst: '#8a5fc0',
  pink: '#e58aa8',
  rose: '#d9849a',
  blush: '#eec0c0',
  'hot pink': '#e8408e',
  bubblegum: '#f0a0c4',
  fuchsiapink: '#e05aa8',
  brown: '#6d4a32',
  chocolate: '#4e3122',
  coffee: '#5d4330',
  caramel: '#b1763d',
  chestnut: '#6e3a25',
  mahogany: '#5a2a22',
  walnut: '#5c4434',
  espresso: '#3a2820',
  taupe: '#9a8b7c',
  black: '#1c1c20',
  charcoal: '#34353a',
  onyx: '#17181c',
  jet: '#141417',
  graphite: '#44464c',
  ebony: '#241f1e',
  white: '#f0efec',
  pearl: '#ece7df',
  snow: '#f4f6f8',
  alabaster: '#ede8df',
  bone: '#e3dac9',
  grey: '#85878b',
  gray: '#85878b',
  silver: '#b9bcc2',
  slate: '#5f6b78',
  ash: '#a5a6a3',
  smoke: '#8f9296',
  stone: '#a39c90',
  pewter: '#8a8f93',
};

export const STYLES = {
  photo:
    'photo|photograph|photography|photorealistic|realistic|cinematic|film|movie|editorial|documentary|national geographic|hyperrealistic|lifelike',
  'film still':
    'film still|35mm|analog|analogue|kodak|portra|vintage photo|retro|vintage|nostalgic|super 8|faded|old photo|sepia|1970s|1980s',
  noir: 'noir|film noir|black and white|monochrome|b&w|black-and-white|greyscale|grayscale|high contrast mono',
  neon: 'neon|cyberpunk|synthwave|vaporwave|retrowave|blade runner|outrun|holographic|futuristic|glowing',
  watercolour: 'watercolor|watercolour|aquarelle|wash|gouache|painted paper',
  oil: 'oil painting|oil|impressionist|impressionism|van gogh|monet|impasto|painterly|brush stroke|painting|acrylic painting|expressionist|canvas',
  ink: 'ink|ink drawing|pen and ink|etching|engraving|line art|sketch|drawing|pencil|charcoal drawing|comic|manga|woodcut|linocut|cross-hatching|doodle|storyboard',
  risograph: 'risograph|riso|screen print|screenprint|silkscreen|halftone|pop art|letterpress|print|duotone|zine',
  blueprint: 'blueprint|technical drawing|schematic|wireframe|cad|diagram|draft drawing|plan drawing',
  'low-poly': 'low poly|low-poly|polygon|polygonal|faceted|mosaic|stained glass|voxel',
  pastel: 'pastel|soft colour|soft color|chalk|candy|kawaii|dreamy|soft focus|delicate|storybook|children book',
  poster:
    'poster|travel poster|flat|vector|flat design|graphic|illustration|minimal|minimalist|art deco|wpa|firewatch|monument valley game|cutout|ghibli|anime|cartoon|stylised|stylized',
} as const;
export type Style = keyof typeof STYLES;

export const LENSES = {
  macro: 'macro|close-up|closeup|close up|detail|extreme close-up|detailed shot',
  portrait:
    'bokeh|shallow depth of field|85mm|50mm|f/1.4|f/1.8|blurred background|out of focus|depth of field|telephoto|100mm|200mm|135mm',
  wide: 'wide|wide angle|wide-angle|panorama|panoramic|epic|vast|sweeping|24mm|16mm|establishing shot|landscape|grand|expansive|scenic|wide shot|ultra-wide',
  aerial:
    "aerial|bird's eye|bird's eye view|from above|seen from above|drone shot|overhead|overhead shot|top view|top down|top-down|high angle|bird eye|flat lay",
  low: "low angle|worm's eye|worm's eye view|from below|seen from below|towering|looking up|monumental",
} as const;
export type Lens = keyof typeof LENSES;

export const MOODS = {
  calm: 'calm|serene|peaceful|tranquil|quiet|still|gentle|zen|meditative|relaxing|soothing|soft|cosy|cozy|minimal mood|simple|clean',
  dramatic:
    'dramatic|moody|intense|powerful|bold|striking|epic mood|heroic|majestic|awe|contrasty|chiaroscuro|theatrical|spotlight',
  dark: 'dark|gloomy|ominous|sinister|gothic|horror|eerie|haunted|spooky|low-key|shadowy|mysterious|post-apocalyptic|apocalyptic|dystopian|melancholy|melancholic|sombre|somber|lonely|solitary',
  bright:
    'bright|cheerful|happy|joyful|airy|high-key|light|fresh|optimistic|playful|fun|radiant|vibrant mood|clean white|luminous|crisp white',
  warm: 'warm|inviting|hot|toasty|intimate|romantic|homely|sunny mood|earthy|rustic|honeyed',
  cool: 'cool|chilly|crisp air|cold tone|bluish|icy tone|clinical',
  vivid:
    'vivid|vibrant|colorful|colourful|saturated|rich colour|rich color|punchy|psychedelic|electric|rainbow|technicolor',
  muted:
    'muted|desaturated|subdued|understated|faded colour|washed out|neutral|earth tone|subtle|elegant|luxury|luxurious|premium|sophisticated|refined',
  magical:
    'magical|fantasy|enchanted|fairytale|fairy tale|dreamlike|surreal|mystical|whimsical|ethereal|otherworldly|divine|god ray|sunbeam|sun ray|light shaft|rays of light|firefly|sparkle|glitter',
} as const;
export type Mood = keyof typeof MOODS;

/** Things beside the subject that can be asked for or forbidden. */
export const EXTRAS = {
  birds: 'birds|flock|flying birds|seagulls',
  clouds: 'clouds|cloud cover',
  trees: 'trees|treeline|forests|pines|vegetation',
  flowers: 'flowers|wildflowers|petals|blossoms',
  people: 'people|persons|crowds|humans|figures',
  buildings: 'buildings|houses|architecture|towers',
  reflection: 'mirror|reflected|reflecting|reflective|reflections|wet floor|glossy floor',
  grain: 'grain|grainy|noise|noisy|film grain',
  vignette: 'vignette|dark corners',
  blur: 'blur|blurry|blurred',
  glow: 'bloom|halo|lens flare|flare|glows|lights|glare',
  stars: 'stars|constellations',
  sun: 'sun|sunshine|sunlight|sunburst',
  moon: 'moons|crescent|crescent moon',
  text: 'text|watermark|logo|letters|caption|signature|lettering',
  stones: 'pebble|rock|boulder|stones|rocks',
  plinth: 'plinths|stage|platform',
  window: 'window',
  'neon letters': 'neon sign|neon lettering|neon letters',
} as const;
export type Extra = keyof typeof EXTRAS;
