import { buildIfStale } from '../../src-main/cli/build-if-stale.mjs';

/** Before any integration test: out/ is what the sources say. */
export default function setup(): void {
  buildIfStale();
}
