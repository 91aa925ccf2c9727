/**
 * Put a picture on the clipboard as PNG. Call it from a key or a click: browsers grant it to nothing else, which is
 * why the bytes are promised rather than awaited first. Throws where the browser refuses.
 */
export async function copyPicture(picture: OffscreenCanvas): Promise<void> {
  const png = picture.convertToBlob({ type: 'image/png' });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}
