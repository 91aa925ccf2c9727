import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** Where an image comes from: a file, or bytes that someone dropped under a name. */
export type ImageSource = { readonly path: string } | { readonly bytes: Uint8Array; readonly name: string };

/** A file in memory, and what to call it in a sentence. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** What a file is opened for, and how a sentence asks for it. */
const fileOf = { image: 'an image file', network: 'the .onnx file of a network' } as const;
type Wanted = keyof typeof fileOf;

/** Beyond this no file is read: a photograph within the limit of pixels is far smaller in every format. */
const maxFileBytes = 2 ** 31 - 1;

/** What a source is called in a sentence: the name it came with, or the last part of its path. */
export function nameOf(source: ImageSource): string {
  if ('name' in source) return source.name;
  return basename(source.path) || source.path;
}

/**
 * Reads a source whole; errors say what was wanted of it. Throws `not-a-file` for a folder, a device or a path that
 * isn't there, `unreadable-image` for a file that may not be read or is empty, `image-too-large` from 2 GiB on.
 */
export async function readSource(
  source: ImageSource,
  name = nameOf(source),
  wanted: Wanted = 'image',
): Promise<NamedBytes> {
  const bytes = 'bytes' in source ? source.bytes : await readWhole(source.path, name, wanted);
  if (bytes.length === 0) {
    throw new SeamfieldError('unreadable-image', `${name} is empty: there is no ${wanted} in it.`, { name });
  }
  return { bytes, name };
}

async function readWhole(path: string, name: string, wanted: Wanted): Promise<Uint8Array> {
  const details = { name, path };
  const info = await stat(path).catch((cause: unknown) => {
    throw new SeamfieldError('not-a-file', `${name} can't be opened: ${reasonOf(cause)}.`, details);
  });
  if (info.isDirectory()) {
    throw new SeamfieldError('not-a-file', `${name} is a folder; give ${fileOf[wanted]}.`, details);
  }
  if (!info.isFile()) {
    throw new SeamfieldError(
      'not-a-file',
      `${name} is not an ordinary file; give ${fileOf[wanted]}.`,
      details,
    );
  }
  if (info.size > maxFileBytes) {
    throw new SeamfieldError(
      'image-too-large',
      `${name} is larger than 2 GiB; make it smaller first.`,
      details,
    );
  }
  return readFile(path).catch((cause: unknown) => {
    throw new SeamfieldError('unreadable-image', `${name} can't be read: ${reasonOf(cause)}.`, details);
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go in a circle',
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return reasons[code] ?? `the system says ${code}`;
}
