/**
 * Forms a count takes: `{0} {0|node|nodes}` is "1 node" and "2 nodes". Each language lists its own, from the fewest to
 * the most.
 */

/** The order in which a text lists the forms; it leaves out those its language does not have. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/** How a count is put into a form by a language, and how many forms it has: English two, Polish four. */
interface Forms {
  readonly rules: Intl.PluralRules;
  readonly categories: readonly string[];
}
const known = new Map<string, Forms>();
function formsOf(locale: string): Forms {
  const before = known.get(locale);
  if (before) return before;
  const rules = new Intl.PluralRules(locale);
  const { pluralCategories } = rules.resolvedOptions();
  const forms = { rules, categories: CATEGORIES.filter((category) => pluralCategories.includes(category)) };
  known.set(locale, forms);
  return forms;
}

export const formCount = (locale: string): number => formsOf(locale).categories.length;

/** The form for a count. A text with too few of them gives its last. */
export function formFor(count: number, forms: readonly string[], locale: string): string {
  const { rules, categories } = formsOf(locale);
  return forms[categories.indexOf(rules.select(count))] ?? forms.at(-1)!;
}
