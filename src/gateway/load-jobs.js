/** Opens the job service as it was built; without it the app still starts, and says what is missing. */
import { pathToFileURL } from 'node:url';
import { builtJobs } from '../setup/build.js';

/** @returns {Promise<import('./server.js').Jobs & { home?: string, close?: () => Promise<void> }>} `home`: where they are kept */
export async function loadJobs() {
  try {
    const built = await import(pathToFileURL(builtJobs).href);
    const { service, home, close } = await built.openJobs(process.env);
    return { routes: built.jobRoutes(service), home, close };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const hint = 'hint' in error ? error.hint : undefined;
    const problem = `${error.message} ${typeof hint === 'object' && hint ? wordsOf(hint) : ''}`.trim();
    return 'said' in error ? { problem, trouble: { message: error.said, hint } } : { problem };
  }
}

/** What is said without values, in English. @param {object} said */
const wordsOf = (said) => ('english' in said ? String(said.english) : '');
