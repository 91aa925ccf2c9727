// `npm run seamfield`: the command line, built first where it has to be.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
await import(pathToFileURL(join(root, 'out/main/cli.js')).href);
