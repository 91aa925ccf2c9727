/**
 * Files dropped anywhere on the window, with what they were dropped on, or pasted. `hovering` is told while one is being dragged over it.
 * Returns the undoing.
 */
export function acceptFiles(
  open: (file: File, over: Element | null) => void,
  hovering: (over: boolean) => void,
): () => void {
  const end = new AbortController();
  const options = { signal: end.signal };
  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  let depth = 0;
  const enter = (by: number) => {
    depth = Math.max(0, depth + by);
    hovering(depth > 0);
  };

  window.addEventListener('dragenter', (event) => carriesFile(event) && enter(1), options);
  window.addEventListener('dragleave', (event) => carriesFile(event) && enter(-1), options);
  window.addEventListener('dragover', (event) => event.preventDefault(), options);
  window.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      enter(-depth);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) open(file, event.target instanceof Element ? event.target : null);
    },
    options,
  );
  window.addEventListener(
    'paste',
    (event) => {
      const file = event.clipboardData?.files[0];
      if (file !== undefined) open(file, null);
    },
    options,
  );
  return () => end.abort();
}
