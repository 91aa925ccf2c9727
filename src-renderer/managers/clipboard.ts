/**
 * Put a picture on the clipboard as PNG. Call it from a key or a click: browsers grant it to nothing else, which is
 * why the bytes are promised rather than awaited first. Throws where the browser refuses, and what making it throws.
 */
export async function copyPicture(picture: OffscreenCanvas | Promise<OffscreenCanvas>): Promise<void> {
  const made = Promise.resolve(picture);
  const png = made.then((canvas) => canvas.convertToBlob({ type: 'image/png' }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch (refused) {
    await made;
    throw refused;
  }
}
