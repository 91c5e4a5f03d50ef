/** The one function used here. The published types bring all of Node's with them, which pure code must not see. */
declare module 'papaparse' {
  const papaparse: {
    unparse(rows: readonly (readonly string[])[], options: { readonly escapeFormulae: RegExp }): string;
  };
  export default papaparse;
}
