/** The scheme of the app's own pages; a custom one, so that it is no file and no site of anybody's. */
export const scheme = 'app';
export const origin = `${scheme}://seamfield`;

/** Whether an address is one of the app's own pages. */
export function isOwnPage(url: string): boolean {
  return url === origin || url.startsWith(`${origin}/`);
}
