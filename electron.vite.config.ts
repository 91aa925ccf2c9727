import { existsSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { licences } from './packaging/licences-plugin.ts';

/** Entries of the main side, by the name of the file each becomes in out/main. */
const mainEntries = {
  main: 'src-main/app/main.ts',
  worker: 'src-main/jobs/worker.ts',
  'memory-thread': 'src-main/jobs/memory-thread.ts',
  'shard-thread': 'src-main/engines/sharded/shard-thread.ts',
  cli: 'src-main/cli/main.ts',
};
const preload = 'src-main/app/preload.ts';
const present = Object.fromEntries(Object.entries(mainEntries).filter(([, path]) => existsSync(path)));

/** Natives are loaded from node_modules at run time; `electron` exists only inside Electron. */
const external = ['electron', 'sharp', 'onnxruntime-node', '@tensorflow/tfjs-node-gpu'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      sourcemap: true,
      rollupOptions: { input: present, external, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  },
  ...(existsSync(preload) && {
    preload: {
      build: {
        outDir: 'out/preload',
        // A sandboxed preload can require nothing but 'electron', so everything else goes into the one file.
        externalizeDeps: false,
        rollupOptions: {
          input: { preload },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  }),
  renderer: {
    root: 'src-renderer',
    plugins: [svelte({ configFile: false }), licences(import.meta.dirname)],
    build: {
      outDir: 'out/renderer',
      target: 'chrome120',
      // Inlined data: URLs would need holes in the content security policy.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});
