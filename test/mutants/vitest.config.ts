import { defineConfig } from 'vitest/config';

/**
 * The tests that need no browser, without the long ones whose point is chance, and without those that read the sources
 * as text: what is broken is written differently there.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/browser/**',
      'test/e2e/**',
      'test/fuzz/**',
      'test/gateway/**',
      'test/headless/**',
      'test/nodes/**',
      'test/sketch/**',
      'test/words/**',
      '**/node_modules/**',
    ],
    environment: 'node',
    testTimeout: 30_000,
  },
});
