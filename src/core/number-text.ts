/** Numbers as people write them, with a point or a comma before the fraction. */

/**
 * The number a text says; nothing when it says none. `1,000` and, where only whole numbers make sense, `1.000` are a thousand to
 * some readers and one to others: they are `ambiguous`, never guessed.
 */
export function numberIn(text: string, isWhole: boolean): number | 'ambiguous' | undefined {
  const plain = text.trim().replace(/^[\u2212\u2013]/, '-');
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(plain)) return 'ambiguous';
  if (isWhole && /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(plain)) return 'ambiguous';
  const number = Number(withPoint(plain));
  return plain === '' || !Number.isFinite(number) ? undefined : number;
}

/** The text with its fraction after a point and without marks between thousands, where it is clear which is which. */
function withPoint(text: string): string {
  const hasCommasBetween = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text);
  if (hasCommasBetween) return text.replaceAll(',', '');
  const hasPointsBetween = /^[+-]?[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})$/.test(text);
  if (hasPointsBetween) return text.replaceAll('.', '').replace(',', '.');
  return text.replace(/^([+-]?\d*),(\d+)$/, '$1.$2');
}
