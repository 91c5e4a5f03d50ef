import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = process.env['CHROMIUM_PATH'];

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@jsquash/png'], include: ['dexie', 'comlink', 'hash-wasm', 'mediabunny', 'immer', 'zustand/vanilla'] },
  build: { target: 'es2023', chunkSizeWarningLimit: 700 },
  test: {
    projects: [
      { extends: true, test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/browser/**', 'test/e2e/**', '**/node_modules/**'], environment: 'node', testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      { extends: true, test: { name: 'app', include: ['test/e2e/**/*.test.ts'], environment: 'node', expect: { poll: { timeout: 15_000, interval: 40 } }, testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
