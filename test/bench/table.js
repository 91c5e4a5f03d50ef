/** Medians and plain tables. */

/** @param {number} rounds @param {Record<string, () => unknown>} jobs interleaved A B C A B C @returns {Promise<Record<string, number>>} medians in ms */
export async function medians(rounds, jobs) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, job] of Object.entries(jobs)) {
      const start = performance.now();
      await job();
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1]]),
  );
}
/** @param {string} title @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows */
export function print(title, head, rows) {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) =>
      typeof cell === 'number' ? (cell >= 100 ? cell.toFixed(0) : cell >= 1 ? cell.toFixed(1) : cell.toFixed(2)) : cell,
    ),
  );
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  console.log(`\n${title}`);
  for (const row of cells)
    console.log(
      `  ${row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]))).join('  ')}`,
    );
}
