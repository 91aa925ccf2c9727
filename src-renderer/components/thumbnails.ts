const thumbnails = import.meta.glob<string>('../../assets/samples/thumbnails/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** The address of a bundled photograph's small picture. */
export function thumbnailOf(name: string): string | undefined {
  return thumbnails[`../../assets/samples/thumbnails/${name}.webp`];
}
