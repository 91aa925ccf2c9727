/** The entry of a shard's thread: answers the trainer's requests one after the other. */
import { parentPort, workerData } from 'node:worker_threads';

import type { ShardAnswer, ShardRequest, ShardSetup } from './layout.ts';
import { Shard } from './shard.ts';

const shard = new Shard(workerData as ShardSetup);
let queue = Promise.resolve();

async function answer(request: ShardRequest): Promise<ShardAnswer> {
  const { id } = request;
  if (request.kind === 'compile') return { id, ...(await shard.compile(request.program)) };
  if (request.kind === 'run') await shard.run(request.program, request.steps);
  else if (request.kind === 'restore') shard.restore();
  else if (request.kind === 'moments') return { id, moments: shard.ownMoments() };
  else if (request.kind === 'resume') shard.resume(request.moments);
  else await shard.close();
  return { id };
}

parentPort!.on('message', (request: ShardRequest) => {
  queue = queue.then(async () => {
    parentPort!.postMessage(await answer(request));
    if (request.kind === 'close') parentPort!.close();
  });
});
