/** What the bundled photographs are called and whom they are owed to (assets/samples/LICENSES.md). */
const credits: Readonly<Record<string, { title: string; credit: string }>> = {
  astronaut: { title: 'Astronaut', credit: 'Eileen Collins, NASA' },
  coffee: { title: 'Coffee', credit: 'Rachel Michetti' },
  rocket: { title: 'Rocket', credit: 'SpaceX' },
  moon: { title: 'Moon', credit: 'NASA' },
  camera: { title: 'Camera', credit: 'Lav Varshney' },
  brick: { title: 'Brick', credit: 'Texture, CC0' },
};

export function creditOf(name: string): { title: string; credit: string } {
  return credits[name] ?? { title: name, credit: '' };
}
