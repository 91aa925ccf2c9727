/** One picture of a figure and the line under it. */
export interface FigureCell {
  readonly pixels: ImageData | null;
  readonly caption: string;
  /** Underlined in the accent colour. */
  readonly marked: boolean;
}

/** A table of pictures with headings, to be drawn as one. */
export interface Figure {
  readonly title: string;
  readonly groups: readonly { readonly title: string; readonly columns: readonly string[] }[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly FigureCell[] }[];
  readonly footer: string;
}

const side = 256;
const gap = 12;
const left = 168;
const captionHeight = 30;
const head = 104;
const foot = 52;
const ink = '#1a1a1a';
const quiet = '#575757';
const accent = '#1f5fd0';
const font = "'Inter Variable', system-ui, sans-serif";

/** Draws a figure on white, every picture enlarged to one size without smoothing; PNG bytes. */
export async function drawFigure({ title, groups, rows, footer }: Figure): Promise<Blob> {
  const columns = groups.reduce((sum, group) => sum + group.columns.length, 0);
  const width = left + columns * (side + gap) + gap * groups.length;
  const height = head + rows.length * (side + captionHeight + gap) + foot;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  const write = (
    text: string,
    x: number,
    y: number,
    style: string,
    size: number,
    weight = 400,
    room?: number,
  ) => {
    context.fillStyle = style;
    context.font = `${weight} ${size}px ${font}`;
    context.fillText(text, x, y, room);
  };
  write(title, gap, 28, ink, 22, 650);

  const xs: number[] = [];
  let x = left;
  for (const group of groups) {
    write(group.title, x, 64, ink, 16, 600);
    for (const column of group.columns) {
      write(column, x, 88, quiet, 14);
      xs.push(x);
      x += side + gap;
    }
    x += gap;
  }
  rows.forEach((row, r) => {
    const y = head + r * (side + captionHeight + gap);
    wrapped(context, row.title, left - 2 * gap).forEach((line, i) =>
      write(line, gap, y + 16 + 22 * i, ink, 16, 600),
    );
    row.cells.forEach((cell, c) => {
      const at = xs[c] ?? left;
      drawCell(context, cell.pixels, at, y);
      if (cell.marked) {
        context.fillStyle = accent;
        context.fillRect(at, y + side + 2, side, 4);
      }
      write(cell.caption, at, y + side + 18, cell.marked ? accent : ink, 14, 500, side);
    });
  });
  write(footer, gap, height - foot / 2, quiet, 14, 400, width - 2 * gap);
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawCell(
  context: OffscreenCanvasRenderingContext2D,
  pixels: ImageData | null,
  x: number,
  y: number,
): void {
  context.fillStyle = '#e4e4e4';
  context.fillRect(x, y, side, side);
  if (pixels === null) return;
  const picture = new OffscreenCanvas(pixels.width, pixels.height);
  picture.getContext('2d')?.putImageData(pixels, 0, 0);
  const scale = Math.min(side / pixels.width, side / pixels.height);
  const [w, h] = [Math.round(pixels.width * scale), Math.round(pixels.height * scale)];
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(picture, x + (side - w) / 2, y + (side - h) / 2, w, h);
}

function wrapped(context: OffscreenCanvasRenderingContext2D, text: string, room: number): string[] {
  context.font = `600 16px ${font}`;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
