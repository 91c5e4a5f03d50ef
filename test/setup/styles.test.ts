/** What holds for every style sheet: where it stands, what it may say itself, and what it takes from the tokens. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ui = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).map((file) => join('src/ui', file));
const sheets = ui.filter((file) => file.endsWith('.css'));
const scripts = ui.filter((file) => /\.tsx?$/.test(file));
const TOKENS = 'src/ui/theme/tokens.css';
const beyondTokens = sheets.filter((file) => file !== TOKENS);
/** Drawings whose lengths are in units of their own. */
const DRAWINGS = ['src/ui/pages/diff.css', 'src/ui/pages/comfyui-page.css'];

const text = (file: string): string => readFileSync(file, 'utf8');
/** A sheet without its comments. */
const read = (sheet: string): string => text(sheet).replace(/\/\*[^]*?\*\//g, '');
const source = scripts.map(text).join('\n');
/** `file: property: value` of every declaration whose property is of this kind. */
const declarations = (files: readonly string[], property: RegExp) =>
  files.flatMap((file) =>
    [...read(file).matchAll(/(?<=[{;]\s*)([\w-]+):\s*([^;{}]+);/g)]
      .filter(([, name]) => property.test(name!))
      .map(([, name, value]) => ({ says: `${file}: ${name}: ${value}`, value: value! })),
  );

test('a sheet is imported by a file beside it, and one in the theme by whoever wears it', () => {
  const importers = (sheet: string) =>
    [...scripts, 'src/app/main.tsx'].filter((file) =>
      [...text(file).matchAll(/^import '(\.[^']+\.css)';$/gm)].some(([, path]) => join(dirname(file), path!) === sheet),
    );
  const isInItsPlace = (sheet: string) =>
    dirname(sheet) === 'src/ui/theme'
      ? importers(sheet).length > 0
      : importers(sheet).some((file) => dirname(file) === dirname(sheet));
  expect(sheets.length).toBeGreaterThan(50);
  expect(sheets.filter((sheet) => !isInItsPlace(sheet))).toEqual([]);
});

test('every rule is in a layer, so that the order in which sheets are loaded decides nothing', () => {
  const own = (file: string) => read(file).replace(/^@import '[^']+' layer\(\w+\);/gm, '');
  const inLayer = /^\s*@layer (tokens|base|widgets|parts) \{\n(?: .*\n|\n)*\}\s*$/;
  expect(sheets.filter((file) => !inLayer.test(own(file)))).toEqual([]);
});

test.each(['index.html', 'test/bench/page.html'])(
  '%s says the order of the layers before any sheet is loaded',
  (file) => {
    const [, order] = /<style>[^<{]*@layer ([^;{]+);/.exec(text(file)) ?? [];
    expect(order).toBe('tokens, base, flow, widgets, parts');
  },
);

const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|\b(?:white|black|gr[ae]y|silver|red|green|blue|yellow|orange|purple|pink|brown|navy|teal|maroon|olive|lime|aqua|cyan|magenta|fuchsia|gold)\b(?!-)/i;

test('no colour is made outside the tokens', () => {
  const inSheets = declarations(beyondTokens, /^/).filter(({ value }) =>
    // A name of one's own may hold the name of a colour.
    COLOUR.test(value.replace(/var\(--[\w-]+/g, '')),
  );
  expect(inSheets.map(({ says }) => says)).toEqual([]);
  const IN_SCRIPT = /['"`]#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})['"`]|['"`](?:rgba?|hsla?|oklch)\(/i;
  expect(scripts.filter((file) => IN_SCRIPT.test(text(file)))).toEqual([]);
});

test('paddings, margins and gaps are steps of the scale; a hairline may be 1px', () => {
  const spaces = declarations(beyondTokens, /^(padding|margin|gap|row-gap|column-gap)/);
  expect(spaces.length).toBeGreaterThan(300);
  const isOwnLength = (value: string) => /(?<![\w.-])(?!1px\b)[\d.]+(?:px|r?em|ch)\b/.test(value);
  expect(spaces.filter(({ value }) => isOwnLength(value)).map(({ says }) => says)).toEqual([]);
});

test('no space is written into a script', () => {
  const spaces = scripts.flatMap((file) =>
    [...text(file).matchAll(/style=\{\{([^]*?)\}\}/g)].flatMap(([, said]) =>
      [...said!.matchAll(/\b(?:margin|padding|gap|rowGap|columnGap)\w*:\s*([^,\n]+)/g)]
        // What is computed has a name; all else is a length of its own.
        .filter(([, value]) => !/^[a-z_][\w.]*\s*$/i.test(value!))
        .map(([space]) => `${file}: ${space}`),
    ),
  );
  expect(spaces).toEqual([]);
});

test('sizes of letters, corners, levels and times are tokens', () => {
  const sized = declarations(
    beyondTokens.filter((file) => !DRAWINGS.includes(file)),
    /^(font|font-size|border.*-radius|z-index|transition|animation)$/,
  );
  expect(sized.length).toBeGreaterThan(100);
  const isOwn = (value: string) => {
    // The corner inside an edge.
    const rest = value.replace(/calc\(var\(--r-\d\) - \dpx\)/g, '');
    return /(?<![\w.-])(?:[1-9]\d*$|[\d.]+(?:px|r?em|m?s)\b)/.test(rest);
  };
  expect(sized.filter(({ value }) => isOwn(value)).map(({ says }) => says)).toEqual([]);
});

test('a token that is asked for is there', () => {
  const tokens = new Set([...read(TOKENS).matchAll(/(--[\w-]+):/g)].map(([, name]) => name!));
  const asked = beyondTokens.flatMap((file) =>
    [...read(file).matchAll(/var\((--(?:space|size|r|z)-[\w-]+)/g)].map(([, name]) => `${basename(file)}: ${name}`),
  );
  expect(asked.filter((one) => !tokens.has(one.split(': ')[1]!))).toEqual([]);
});

test('every class of a sheet is worn by something', () => {
  // React Flow gives these.
  const foreign = /^(react-flow.*|handle|line|selected|selectable|connectingfrom)$/;
  const isWorn = (name: string) => {
    const [stem, variant] = name.split('--');
    const isMade = variant !== undefined && source.includes(`${stem}--\${`);
    return isMade || new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(source);
  };
  const classes = new Set(
    beyondTokens.flatMap((file) =>
      [...read(file).matchAll(/([^{};]+)\{/g)].flatMap(([, selector]) =>
        [...selector!.matchAll(/\.(-?[a-z][\w-]*)/gi)].map(([, name]) => name!),
      ),
    ),
  );
  classes.delete('css');
  expect([...classes].filter((name) => !foreign.test(name) && !isWorn(name))).toEqual([]);
});
