import { expect, test } from 'vitest';
import { fileName } from '../../src/core/file-name.ts';

test.each([
  ['Kampagne_v1.2', 'Kampagne_v1.2.png'],
  ['हिन्दी शीर्षक', 'हिन्दी शीर्षक.png'],
  ['Việt Nam', 'Việt Nam.png'],
  ['สวัสดี', 'สวัสดี.png'],
  ['e\u0301tude', 'étude.png'],
  ['夏の海 🌊', '夏の海 🌊.png'],
  ['a/b\\c:d*e?"<f>|g', 'a-b-c-d-e---f--g.png'],
  ['../../etc/passwd', '-..-etc-passwd.png'],
  ['  .hidden. ', 'hidden.png'],
  ['line\none\u202Egnp', 'lineonegnp.png'],
  ['CON', '_CON.png'],
  ['com1.final', '_com1.final.png'],
  ['???', 'triptych.png'],
  ['', 'triptych.png'],
  ['\uD800lone', 'lone.png'],
])('%j is saved as %s', (stem, name) => {
  expect(fileName(stem, '.png')).toBe(name);
});

test('a long title is cut between characters and keeps its ending', () => {
  const name = fileName('🌊'.repeat(100), '.triptych.json');
  expect(name).toBe(`${'🌊'.repeat(46)}.triptych.json`);
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
});
