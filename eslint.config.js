import js from '@eslint/js';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Every room of src-main, so that a rule can say "all rooms but these". */
const rooms = [
  'app',
  'server',
  'cli',
  'services',
  'jobs',
  'imaging',
  'fields',
  'siren',
  'onnx',
  'engines',
  'disk',
];
const except = (...allowed) =>
  rooms.filter((room) => !allowed.includes(room)).map((room) => `./src-main/${room}`);
const zone = (target, from, message) => ({ target, from, message });

/** The dependency rule of the design: shared at the bottom, pure rooms above it, edges on top. */
const zones = [
  zone(
    './src-shared',
    ['./src-main', './src-renderer'],
    'src-shared imports nothing of ours outside itself.',
  ),
  zone('./src-renderer', ['./src-main'], 'The renderer imports src-shared only.'),
  zone('./src-main', ['./src-renderer'], 'Main never imports the renderer.'),
  zone('./src-main/fields', except('fields'), 'fields imports shared only.'),
  zone('./src-main/siren', except('siren'), 'siren imports shared only.'),
  zone('./src-main/onnx', except('onnx', 'siren'), 'onnx knows siren specs and shared, nothing else.'),
  zone('./src-main/imaging', except('imaging'), 'imaging imports shared only.'),
  zone('./src-main/disk', except('disk'), 'disk imports shared only: any room that writes files may use it.'),
  zone(
    './src-main/engines',
    except('engines', 'siren', 'onnx'),
    'engines execute plans: siren, onnx and shared only.',
  ),
  zone(
    './src-main/jobs',
    except('jobs', 'engines', 'siren', 'onnx', 'fields', 'imaging', 'disk'),
    'jobs know no service and no edge.',
  ),
  zone(
    './src-main/services',
    ['./src-main/app', './src-main/server', './src-main/cli'],
    'services import no edge.',
  ),
];

const pureRooms = ['fields', 'siren', 'onnx'].map((room) => `src-main/${room}/**/*.ts`);
const onlyAppMayImportElectron = {
  name: 'electron',
  message: "Only src-main/app imports 'electron': anywhere else it would start a download in plain Node.",
};

export default ts.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'tests/artefacts/', 'bench/results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.node } },
  {
    files: ['src-renderer/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.svelte'] })],
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-restricted-imports': ['error', { paths: [onlyAppMayImportElectron] }],
      eqeqeq: 'error',
    },
  },
  { files: ['src-main/app/**/*.ts', 'tests/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: pureRooms,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [onlyAppMayImportElectron, 'sharp', 'onnxruntime-node'],
          patterns: [
            { group: ['node:*', 'fs', 'path'], message: 'Pure rooms know no files and no processes.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document'],
    },
  },
);
