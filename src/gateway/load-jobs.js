/** Opens the job service as it was built; without it the app still starts, and says what is missing. */
import { pathToFileURL } from 'node:url';
import { builtJobs } from '../setup/build.js';

/** @returns {Promise<import('./server.js').Jobs & { home?: string, close?: () => Promise<void> }>} `home`: where they are kept */
export async function loadJobs() {
  try {
    const built = await import(pathToFileURL(builtJobs).href);
    const { service, home, close } = await built.openJobs(process.env);
    return { routes: built.jobRoutes(service), home, close };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `Providers cannot be asked from here: their journal could not be opened (${why}).` };
  }
}
