import type { KeptDocument, OpenDocument } from '../../../src-shared/contract/project-schemas.ts';

/** The document with every photograph and result renamed; a result that `result` does not know is left out. */
export function renamed(
  { composition, reconstruction, ...rest }: OpenDocument | KeptDocument,
  picture: (name: string) => string,
  result: (name: string) => string | null,
): KeptDocument {
  const resultOf = (name: string | null) => (name === null ? null : result(name));
  const fuse = reconstruction?.fuse;
  return {
    ...rest,
    reconstruction: reconstruction && {
      ...reconstruction,
      picture: picture(reconstruction.picture),
      result: resultOf(reconstruction.result),
      ...(fuse && { fuse: { ...fuse, second: picture(fuse.second) } }),
    },
    composition: composition && {
      ...composition,
      target: composition.target === null ? null : picture(composition.target),
      layers: composition.layers.map((layer) => ({ ...layer, source: picture(layer.source) })),
      result: resultOf(composition.result),
    },
  };
}

/** The photographs that a document is made of, each once. */
export function picturesOf({ composition, reconstruction }: OpenDocument | KeptDocument): string[] {
  const names = [
    reconstruction?.picture,
    reconstruction?.fuse?.second,
    composition?.target,
    ...(composition?.layers.map(({ source }) => source) ?? []),
  ];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** The results that a document shows. */
export function resultsOf({ composition, reconstruction }: OpenDocument | KeptDocument): string[] {
  return [reconstruction?.result, composition?.result].filter((name) => typeof name === 'string');
}

/** A request, or a part of one, whose image handles have been replaced; other text stays as it is. */
export function replaced(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, names)]));
}

/** All text in a value. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
