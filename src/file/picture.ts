/** What the first bytes of a picture say about it, by content: the name of a file says nothing. */

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'bmp';

export interface PictureHeader {
  readonly format: PictureFormat;
  /** In pixels as they are stored, before turning; missing when they stand further on, or nowhere. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Several frames; a browser opens one of them. */
  readonly isAnimated: boolean;
  /**
   * How the picture is to be turned, as EXIF counts: 1 is upright. Looked for in WebP only; browsers turn the others.
   */
  readonly orientation: number;
}

/** Reads the header of a picture; `undefined` for anything else. Never throws, whatever the bytes are. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const format = formatOf(bytes);
  if (!format) return undefined;
  const reader = readerOf(bytes);
  const { size, isAnimated = false, orientation = 1 } = READERS[format](reader);
  const isSized = size && size.width > 0 && size.height > 0;
  return { format, isAnimated, orientation, ...(isSized ? { size } : {}) };
}

/** As much as a format's reader needs to know of the file, read beyond its end as zeros. */
interface Reader {
  readonly length: number;
  byte(at: number): number;
  /** Big-endian. */
  short(at: number): number;
  long(at: number): number;
  /** Little-endian. */
  shortLow(at: number): number;
  longLow(at: number): number;
  text(at: number, length: number): string;
}
type Found = Partial<Pick<PictureHeader, 'size' | 'isAnimated' | 'orientation'>>;

function readerOf(bytes: Uint8Array): Reader {
  const byte = (at: number) => bytes[at] ?? 0;
  const short = (at: number) => (byte(at) << 8) | byte(at + 1);
  const shortLow = (at: number) => byte(at) | (byte(at + 1) << 8);
  return {
    length: bytes.length,
    byte,
    short,
    long: (at) => short(at) * 65536 + short(at + 2),
    shortLow,
    longLow: (at) => shortLow(at) + shortLow(at + 2) * 65536,
    text: (at, length) => String.fromCharCode(...bytes.subarray(at, at + length)),
  };
}

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  const { text, short, byte } = readerOf(bytes);
  if (byte(0) === 0x89 && text(1, 3) === 'PNG') return 'png';
  if (short(0) === 0xffd8) return 'jpeg';
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return 'webp';
  if (text(0, 4) === 'GIF8') return 'gif';
  if (text(0, 2) === 'BM' && bytes.length >= 26) return 'bmp';
  if (text(4, 4) !== 'ftyp') return undefined;
  const brands = brandsIn(bytes);
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => HEIC_BRANDS.has(brand)) ? 'heic' : undefined;
}

/** The kinds a file in boxes says it is. */
function brandsIn(bytes: Uint8Array): readonly string[] {
  const { text, long } = readerOf(bytes);
  const end = Math.min(long(0), bytes.length, 256);
  const brands = [text(8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text(at, 4));
  return brands;
}

const READERS: Readonly<Record<PictureFormat, (reader: Reader) => Found>> = {
  png(reader) {
    let isAnimated = false;
    for (let at = 8; at + 12 <= reader.length && reader.text(at + 4, 4) !== 'IDAT'; at += 12 + reader.long(at)) {
      // One frame in `acTL` is a still.
      if (reader.text(at + 4, 4) === 'acTL') isAnimated = reader.long(at + 8) > 1;
    }
    return { size: { width: reader.long(16), height: reader.long(20) }, isAnimated };
  },
  jpeg(reader) {
    for (let at = 2; at + 9 < reader.length; at += 2 + reader.short(at + 2)) {
      // Fill bytes may stand before a marker.
      while (reader.short(at) === 0xffff) at++;
      const marker = reader.short(at);
      const isFrame =
        marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
      if (isFrame) return { size: { height: reader.short(at + 5), width: reader.short(at + 7) } };
      if ((marker & 0xff00) !== 0xff00) return {};
    }
    return {};
  },
  webp(reader) {
    const kind = reader.text(12, 4);
    if (kind === 'VP8 ') return { size: { width: reader.shortLow(26) & 0x3fff, height: reader.shortLow(28) & 0x3fff } };
    if (kind === 'VP8L') {
      const packed = reader.longLow(21);
      return { size: { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) } };
    }
    if (kind !== 'VP8X') return {};
    const flags = reader.byte(20);
    const size = { width: 1 + (reader.longLow(24) & 0xffffff), height: 1 + (reader.longLow(26) >>> 8) };
    return { size, isAnimated: (flags & 0x02) !== 0, orientation: flags & 0x08 ? orientationInWebp(reader) : 1 };
  },
  gif(reader) {
    return { size: { width: reader.shortLow(6), height: reader.shortLow(8) }, isAnimated: framesInGif(reader) > 1 };
  },
  avif(reader) {
    return { ...sizeInBoxes(reader), isAnimated: reader.text(8, 4) === 'avis' };
  },
  heic(reader) {
    return sizeInBoxes(reader);
  },
  bmp(reader) {
    return { size: { width: reader.longLow(18), height: Math.abs(reader.longLow(22) | 0) } };
  },
};

function orientationInWebp(reader: Reader): number {
  for (let at = 12; at + 8 <= reader.length;) {
    const size = reader.longLow(at + 4);
    if (reader.text(at, 4) === 'EXIF') return orientationInExif(reader, at + 8);
    at += 8 + size + (size & 1);
  }
  return 1;
}

/** Some writers put the six letters of a JPEG's EXIF before the table. */
function orientationInExif(reader: Reader, start: number): number {
  const from = reader.text(start, 4) === 'Exif' ? start + 6 : start;
  const isLow = reader.text(from, 2) === 'II';
  const short = isLow ? reader.shortLow : reader.short;
  const table = from + (isLow ? reader.longLow : reader.long)(from + 4);
  const entries = short(table);
  for (let k = 0; k < entries; k++) {
    const entry = table + 2 + k * 12;
    if (entry + 12 > reader.length) return 1;
    if (short(entry) !== 0x0112) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Counts to two. */
function framesInGif(reader: Reader): number {
  const afterColours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const skipBlocks = (from: number): number => {
    let at = from;
    while (at < reader.length && reader.byte(at) > 0) at += 1 + reader.byte(at);
    return at + 1;
  };
  let frames = 0;
  for (let at = 13 + afterColours(reader.byte(10)); at < reader.length && frames < 2;) {
    const kind = reader.byte(at);
    if (kind === 0x21) {
      // A file that repeats has more than one frame, even when the second stands further on than was read.
      if (reader.text(at + 3, 11) === 'NETSCAPE2.0') return 2;
      at = skipBlocks(at + 2);
    } else if (kind === 0x2c) {
      frames++;
      at = skipBlocks(at + 11 + afterColours(reader.byte(at + 9)));
    } else {
      break;
    }
  }
  return frames;
}

/** Bytes in which the boxes of AVIF and HEIC say how large their pictures are. */
const BOXES_END = 65_536;

/** The largest `ispe` of AVIF and HEIC: the others are of thumbnails and tiles. */
function sizeInBoxes(reader: Reader): Found {
  let largest = { width: 0, height: 0 };
  const end = Math.min(reader.length, BOXES_END);
  for (let at = 4; at + 16 <= end; at++) {
    if (reader.byte(at) !== 0x69 || reader.text(at, 4) !== 'ispe') continue;
    const [width, height] = [reader.long(at + 8), reader.long(at + 12)];
    if (width * height > largest.width * largest.height) largest = { width, height };
  }
  return largest.width ? { size: largest } : {};
}
