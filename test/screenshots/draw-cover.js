/**
 * Called in the page, so that all it needs is inside it: the cover of a template from what its graph has made, as WebP
 * in base64, 520 × 325 px.
 * @param {{
 *   graph: string;
 *   of: readonly string[];
 *   layout: 'columns' | 'grid' | 'above';
 *   focus: readonly number[];
 *   takes: boolean;
 * }} wish `of`: nodes, with a moment between 0 and 1 where they make clips. `takes`: all that the node has made.
 *   `focus`: where in each picture its subject stands, from 0 (left) to 1 (right).
 */
export async function drawCover({ graph, of, layout, focus, takes }) {
  const [WIDTH, HEIGHT, GAP] = [520, 325, 2];
  const db = await asked(indexedDB.open('triptych'));
  const hashes = takes ? await hashesOfTakes(of[0] ?? '') : await Promise.all(of.map((piece) => hashOf(piece)));
  const pictures = await Promise.all(
    hashes.map(async (hash, at) => {
      const { blob } = await asked(db.transaction('blobs').objectStore('blobs').get(hash));
      const bytes = blob instanceof Blob ? blob : new Blob([blob.bytes], { type: blob.mime });
      return bytes.type.startsWith('video/')
        ? frameOf(bytes, Number((of[at] ?? '').split('@')[1]))
        : createImageBitmap(bytes);
    }),
  );
  db.close();
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const to = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  to.fillStyle = '#111';
  to.fillRect(0, 0, WIDTH, HEIGHT);
  to.imageSmoothingQuality = 'high';
  places(pictures.length).forEach((place, at) =>
    fill(/** @type {ImageBitmap} */ (pictures[at]), place, focus[at] ?? 0.5),
  );
  const made = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
  return btoa(Array.from(new Uint8Array(await made.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''));

  /** @param {IDBRequest} request @returns {Promise<any>} */
  function asked(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  /** @param {string} piece */
  async function hashOf(piece) {
    const node = piece.split('@')[0] ?? '';
    const state = await asked(db.transaction('nodeStates').objectStore('nodeStates').get([graph, node]));
    /** @type {{ hash?: string }[]} */
    const outputs = Object.values(state?.outputs ?? {});
    const hash = outputs.find((value) => value?.hash)?.hash;
    if (!hash) throw new Error(`"${node}" has made nothing.`);
    return hash;
  }

  /** @param {string} node @returns {Promise<string[]>} */
  async function hashesOfTakes(node) {
    /** @type {{ graphId: string; node: string; at: number; artifact?: { hash: string } }[]} */
    const all = await asked(db.transaction('takes').objectStore('takes').getAll());
    const own = all.filter((take) => take.graphId === graph && take.node === node && take.artifact);
    return own.sort((a, b) => a.at - b.at).map((take) => take.artifact?.hash ?? '');
  }

  /** @param {Blob} clip @param {number} moment */
  async function frameOf(clip, moment) {
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(clip);
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(video.error);
    });
    const there = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = Math.max(0.001, moment * video.duration - 0.02);
    await there;
    return createImageBitmap(video);
  }

  /** @typedef {{ x: number; y: number; width: number; height: number }} Place */
  /** @param {number} count @returns {Place[]} */
  function places(count) {
    if (layout !== 'above') {
      const rows = layout === 'grid' ? 2 : 1;
      return cells(count, rows, { x: 0, y: 0, width: WIDTH, height: HEIGHT });
    }
    const above = Math.round(HEIGHT * 0.64);
    const below = { x: 0, y: above + GAP, width: WIDTH, height: HEIGHT - above - GAP };
    return [{ x: 0, y: 0, width: WIDTH, height: above }, ...cells(count - 1, 1, below)];
  }

  /** @param {number} count @param {number} rows @param {Place} inside @returns {Place[]} */
  function cells(count, rows, inside) {
    const columns = Math.ceil(count / rows);
    const width = (inside.width - GAP * (columns - 1)) / columns;
    const height = (inside.height - GAP * (rows - 1)) / rows;
    return Array.from({ length: count }, (_, at) => ({
      x: inside.x + (at % columns) * (width + GAP),
      y: inside.y + Math.floor(at / columns) * (height + GAP),
      width,
      height,
    }));
  }

  /**
   * As much of a picture as its place has the shape for, around its subject.
   * @param {ImageBitmap} picture
   * @param {Place} place
   * @param {number} subject
   */
  function fill(picture, { x, y, width, height }, subject) {
    const scale = Math.max(width / picture.width, height / picture.height);
    const [wide, high] = [width / scale, height / scale];
    const left = Math.min(Math.max(0, subject * picture.width - wide / 2), picture.width - wide);
    to.drawImage(picture, left, (picture.height - high) / 2, wide, high, x, y, width, height);
  }
}
