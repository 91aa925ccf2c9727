/** Photographs by the hundred, opened, looked at and closed: nothing of them may pile up in the host or the viewer. */
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { createServices } from '../../src-main/services/services.ts';

/** What is held after so many photographs. */
export interface HeldPhotographs {
  readonly count: number;
  readonly uploads: number;
  readonly uploadedBytes: number;
  /** Resident, of the process that looks at photographs. */
  readonly viewerMiB: number;
}

const side = { width: 900, height: 700 };

/** Opens so many, each another picture, one after the other. @returns what was held after every `every` of them */
export async function soakPhotographs(
  count: number,
  every: number,
  workerPath: string,
): Promise<HeldPhotographs[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seamfield-photographs-'));
  const uploads = join(folder, 'uploads');
  await mkdir(uploads);
  let viewer = 0;
  const start = ((...args: Parameters<typeof fork>) => {
    const child = fork(...args);
    viewer = child.pid ?? 0;
    return child;
  }) as typeof fork;
  const services = createServices({
    host: 'browser',
    version: '0.0.0',
    launch: forkLauncher(workerPath, start),
    samplesFolder: folder,
    dataFolder: folder,
    emit: () => undefined,
    deliver: ({ name }) => Promise.resolve({ saved: true, name }),
  });
  const seen: HeldPhotographs[] = [];
  try {
    for (let i = 1; i <= count; i++) {
      const path = join(uploads, `photograph-${i}`);
      const background = { r: i % 256, g: (7 * i) % 256, b: 90 };
      const bytes = await sharp({ create: { ...side, channels: 3, background } })
        .png({ compressionLevel: 1 })
        .toBuffer();
      await writeFile(path, bytes);
      const room = services.uploads.open();
      room.take(bytes.length);
      const { id } = await services.images.addUpload({ path, name: 'photograph.png' }, room);
      await services.handlers['images:pixels']({ imageId: id });
      await services.handlers['images:close']({ imageIds: [id] });
      if (i % every !== 0) continue;
      const status = await readFile(`/proc/${viewer}/status`, 'utf8').catch(() => '');
      seen.push({
        count: i,
        uploads: (await readdir(uploads)).length,
        uploadedBytes: services.uploads.taken,
        viewerMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
      });
    }
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
  return seen;
}
