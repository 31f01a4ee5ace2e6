import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.SIGHTLINE_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1_600 },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/live': { target: server, ws: true },
      '/api': { target: server },
      '/replay': { target: server, ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
