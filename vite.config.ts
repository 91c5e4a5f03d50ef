import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@jsquash/png'] },
  build: { target: 'es2023', chunkSizeWarningLimit: 700 },
});
