/** Tells whether the page is to be seen, now and whenever that changes. Returns the function that ends it. */
export function watchSight(
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>,
  tell: (isSeen: boolean) => void,
): () => void {
  const look = () => tell(page.visibilityState === 'visible');
  look();
  page.addEventListener('visibilitychange', look);
  return () => page.removeEventListener('visibilitychange', look);
}
