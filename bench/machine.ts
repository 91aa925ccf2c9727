import { availableParallelism, cpus, totalmem, type as osType } from 'node:os';
import { env } from 'onnxruntime-node';
import sharp from 'sharp';

import { installPeer, peerVersions } from './peer.ts';

/** What the figures were measured on and with, one fact by name; what is not installed says how to install it. */
export async function machineFacts(signal: AbortSignal): Promise<Record<string, string>> {
  const { opencv, torch } = await peerVersions(signal);
  const cores = cpus();
  return {
    Processor: `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores`,
    Memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    Threads: String(availableParallelism()),
    System: `${osType()} ${process.arch}`,
    Node: process.versions.node,
    onnxruntime: env.versions.node ?? env.versions.common,
    sharp: sharp.versions.sharp ?? 'unknown',
    OpenCV: opencv ?? `not installed (${installPeer.opencv})`,
    PyTorch: torch ?? `not installed (${installPeer.torch})`,
  };
}
