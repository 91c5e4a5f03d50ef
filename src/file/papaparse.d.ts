/** The two functions used here. The published types bring all of Node's with them, which pure code must not see. */
declare module 'papaparse' {
  const papaparse: {
    parse(text: string, options: { readonly delimiter: string; readonly skipEmptyLines: 'greedy' }): { readonly data: string[][] };
    unparse(rows: readonly (readonly (string | number)[])[]): string;
  };
  export default papaparse;
}
