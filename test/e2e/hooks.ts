/** What happens around each test of the app. It is read anew for each file; the browser and the rest is shared. */
import { afterEach, beforeEach } from 'vitest';
import { beginFile, beginTest, endTest } from './stage.ts';

beginFile();
beforeEach(beginTest);
afterEach(({ task }) => endTest(task.result?.state === 'fail'));
