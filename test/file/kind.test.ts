/** What a file is by its content, and the workflow in a picture. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workflowIn } from '../../src/file/comfyui-picture.ts';
import { kindOf } from '../../src/file/kind.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ['\x89PNG\r\n\x1A\n', 'no-ending', 'picture'],
  ['\xFF\xD8\xFF\xE0', 'graph.json', 'picture'],
  ['RIFF\x10\0\0\0WEBPVP8 ', '', 'picture'],
  ['\0\0\0\x18ftypheic\0\0\0\0', 'IMG_0001.HEIC', 'picture'],
  ['\0\0\0\x18ftypavif\0\0\0\0', '', 'picture'],
  ['<?xml version="1.0"?>\n<svg xmlns="x">', '', 'picture'],
  [`PK\x03\x04${'\0'.repeat(26)}triptych-backup.json`, 'saved', 'backup'],
  [`PK\x03\x04${'\0'.repeat(26)}readme.txt`, 'saved.zip', 'unknown'],
  ['\0\0\0\x18ftypisom\0\0\0\0', 'clip', 'clip'],
  ['\x1A\x45\xDF\xA3\x01', 'clip.webm', 'clip'],
  ['\uFEFF  {"format": "triptych"'.replace('\uFEFF', '\xEF\xBB\xBF'), 'graph', 'json'],
  ['[1, 2]', 'a.txt', 'json'],
  ['# look\nLUT_3D_SIZE 33\n', 'look.txt', 'lut'],
  ['title "x"\nlut_1d_size 2', '', 'lut'],
  ['broken', 'look.CUBE', 'lut'],
  ['colour;table\nred;oak', 'rows.csv', 'table'],
  ['hello', 'notes', 'text'],
  ['', 'empty.json', 'empty'],
  ['PK\x03\x04\0\0', 'a.zip', 'unknown'],
])('%j named %j is %s', (head, name, kind) => {
  expect(kindOf(bytesOf(head), name)).toBe(kind);
});

test('a picture’s workflow is found in PNG texts and in WebP’s EXIF', () => {
  const png = new Uint8Array(readFileSync('test/fixtures/comfyui-workflow.png'));
  expect(JSON.parse(workflowIn(png)!)).toMatchObject({ nodes: [{ type: 'CLIPTextEncode' }, { type: 'KSampler' }] });
  const texts = 'Exif\0\0MM\0*\0\0\0\x08\0\0\0\0prompt:{"1": {}}\0workflow:{"nodes": []}\0';
  const size = (bytes: string) => String.fromCharCode(bytes.length & 255, bytes.length >> 8, 0, 0);
  const webp = (exif: string) => bytesOf(`RIFF\0\0\0\0WEBPVP8 ${size('ab')}abEXIF${size(exif)}${exif}`);
  expect(workflowIn(webp(texts))).toBe('{"nodes": []}');
  expect(workflowIn(webp('Exif\0\0MM\0*\0\0\0\x08\0\0\0\0prompt:{"1": {}}\0'))).toBe('{"1": {}}');
  expect(workflowIn(webp('Exif\0\0'))).toBeUndefined();
  expect(workflowIn(png.subarray(0, 60))).toBeUndefined();
});
