/** What a file that came as bytes is called: for display only, and never a path. */
export function displayName(name: string): string {
  return name.replaceAll(/[\p{C}/\\]/gu, '').slice(0, 255) || 'photograph';
}
