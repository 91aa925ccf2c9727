/** Have the page's own file saved, as the browser or Electron saves any download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the bytes are held until it has read them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
