/** What the README of a room says it may import is what the linter lets through: one cannot be changed alone. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const rooms = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const folder = mkdtempSync(join(tmpdir(), 'borders-'));
/** As the linter prints it. */
interface Complaint {
  readonly message: string;
  readonly code: string;
  readonly filename: string;
}
let complaints: readonly Complaint[] = [];

beforeAll(() => {
  copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  for (const room of rooms) {
    mkdirSync(join(folder, 'src', room), { recursive: true });
    const imports = rooms.filter((other) => other !== room).map((other) => `import '../${other}/any.ts';`);
    writeFileSync(join(folder, 'src', room, 'room.ts'), imports.join('\n'));
  }
  const linter = join(process.cwd(), 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [linter, '--format=json', 'src'], { cwd: folder, encoding: 'utf8' });
  complaints = (JSON.parse(stdout) as { readonly diagnostics: readonly Complaint[] }).diagnostics;
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(rooms)('the linter stops what the README of %s says it may not import, and nothing more', (room) => {
  const stopped = complaints
    .filter(({ code, filename }) => code.includes('no-restricted-imports') && filename === `src/${room}/room.ts`)
    .map(({ message }) => /'\.\.\/(\w+)\/any\.ts'/.exec(message)![1]);
  expect(stopped.sort()).toEqual(forbiddenBy(room));
});

test.each(rooms)('what the README of %s says is imported today is imported, and nothing else', (room) => {
  const today = /\bToday:(.*?)\.\s/s.exec(importsSection(room))?.[1];
  if (today !== undefined) expect(namedIn(today, room)).toEqual(importedBy(room));
});

const importsSection = (room: string): string =>
  readFileSync(`src/${room}/README.md`, 'utf8').split('## What it may import')[1]!.split('\n## ')[0]!;

const namedIn = (text: string, room: string): string[] =>
  rooms.filter((other) => other !== room && new RegExp(`\\b${other}\\b`).test(text));

/** The rooms named after “not”; where none is, all that the first sentence does not name. */
function forbiddenBy(room: string): string[] {
  const section = importsSection(room);
  const forbidden = namedIn(/\bnot\b(.*?)\.\s/is.exec(section)?.[1] ?? '', room);
  if (forbidden.length > 0) return forbidden;
  const allowed = namedIn(/^.*?\.\s/s.exec(section)![0], room);
  return rooms.filter((other) => other !== room && !allowed.includes(other));
}

function importedBy(room: string): string[] {
  const sources = readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|js)$/.test(file))
    .map((file) => readFileSync(join('src', room, file), 'utf8'));
  const text = sources.join('\n');
  return rooms.filter((other) => new RegExp(`(from|import|import\\() ?'\\.\\./${other}/`).test(text));
}
