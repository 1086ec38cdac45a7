import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressPlugin } from './dev/compress-plugin.ts'
import { contractPlugin } from './dev/contract-plugin.ts'

/** `npm run dev -w @cardwright/portal` beside a running server; CARDWRIGHT_SERVER names another address. */
const server = process.env.CARDWRIGHT_SERVER ?? 'http://127.0.0.1:8420'

export default defineConfig({
  plugins: [react(), contractPlugin(), compressPlugin()],
  server: { proxy: { '/api': server, '/ca': server } },
  build: {
    target: 'es2024',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    // The User portal is an entry of its own: little script, none of the component library.
    rollupOptions: { input: ['index.html', 'user.html'] },
  },
})
