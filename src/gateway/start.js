/** `npm start`: installs, builds and serves, each only when needed. */
import { ensureInstalled } from './install.js';

ensureInstalled();
const { ensureBuilt } = await import('./build.js');
const { serve } = await import('./server.js');
const { url } = await serve(await ensureBuilt(), Number(process.env.PORT ?? 4173));
console.log(`\n  Triptych is ready: ${url}\n\n  Stop it with Ctrl+C.`);
