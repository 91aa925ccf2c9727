/** Curves over the logarithm of time, as a picture that reads on light and on dark pages. */

export interface Curve {
  readonly label: string;
  /** x above 0. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Drawn broken: a peer. */
  readonly isPeer?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly curves: readonly Curve[];
}

const panel = { width: 400, height: 300, left: 46, right: 112, top: 34, bottom: 42 };
/** Okabe and Ito's colours, which differ for the colour-blind too. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const peerColour = '#808080';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const round = (value: number) => Number(value.toFixed(1));

/** Places for labels along one line, in order, none nearer to the next than `gap`. */
export function spreadOut(places: readonly number[], gap: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const out = new Array<number>(places.length).fill(0);
  let last = -Infinity;
  for (const { place, i } of order) {
    last = Math.max(place, last + gap);
    out[i] = last;
  }
  return out;
}

/** What has the same label has the same colour in every chart. */
function coloursOf(charts: readonly Chart[]): ReadonlyMap<string, string> {
  const own = charts.flatMap(({ curves }) => curves.filter(({ isPeer }) => isPeer !== true));
  const labels = [...new Set(own.map(({ label }) => label))];
  return new Map(labels.map((label, i) => [label, colours[i % colours.length]!]));
}

function panelOf(
  { title, xLabel, yLabel, xTicks, yTicks, curves }: Chart,
  colourOf: ReadonlyMap<string, string>,
): string {
  const { width, height, left, right, top, bottom } = panel;
  const [x0, x1] = [Math.log(xTicks[0]!), Math.log(xTicks.at(-1)!)];
  const [y0, y1] = [yTicks[0]!, yTicks.at(-1)!];
  const x = (value: number) => round(left + ((Math.log(value) - x0) / (x1 - x0)) * (width - left - right));
  const y = (value: number) => round(height - bottom - ((value - y0) / (y1 - y0)) * (height - top - bottom));
  const text = (at: [number, number], words: string, more = '') =>
    `<text x="${at[0]}" y="${at[1]}" ${more}>${escape(words)}</text>`;
  const parts = [text([left, 18], title, 'class="title"')];
  for (const tick of yTicks) {
    parts.push(`<path class="grid" d="M${left} ${y(tick)}H${width - right}"/>`);
    parts.push(text([left - 6, y(tick) + 4], String(tick), 'text-anchor="end"'));
  }
  for (const tick of xTicks) {
    parts.push(`<path class="grid" d="M${x(tick)} ${top}V${height - bottom}"/>`);
    parts.push(text([x(tick), height - bottom + 16], String(tick), 'text-anchor="middle"'));
  }
  parts.push(text([(left + width - right) / 2, height - 8], xLabel, 'text-anchor="middle"'));
  parts.push(text([12, top - 8], yLabel));
  const drawn = curves.filter(({ points }) => points.length > 0);
  const ends = spreadOut(
    drawn.map(({ points }) => y(points.at(-1)!.y)),
    13,
  );
  drawn.forEach(({ label, points, isPeer }, i) => {
    const colour = colourOf.get(label) ?? peerColour;
    const line = points.map((p, k) => `${k === 0 ? 'M' : 'L'}${x(p.x)} ${y(p.y)}`).join('');
    const dash = isPeer ? ' stroke-dasharray="4 3"' : '';
    parts.push(`<path class="curve" stroke="${colour}"${dash} d="${line}"/>`);
    for (const p of points) parts.push(`<circle fill="${colour}" r="2.5" cx="${x(p.x)}" cy="${y(p.y)}"/>`);
    parts.push(text([width - right + 8, round(ends[i]! + 4)], label, `fill="${colour}" class="label"`));
  });
  return parts.join('\n');
}

/** Charts beside and below one another, two in a row. Throws for a chart with fewer than two ticks on an axis. */
export function svgOf(charts: readonly Chart[]): string {
  if (charts.some(({ xTicks, yTicks }) => xTicks.length < 2 || yTicks.length < 2)) {
    throw new Error('an axis of a chart has fewer than two ticks');
  }
  const columns = Math.min(2, charts.length);
  const [width, height] = [columns * panel.width, Math.ceil(charts.length / columns) * panel.height];
  const colourOf = coloursOf(charts);
  const placed = charts.map((chart, i) => {
    const at = `${(i % columns) * panel.width} ${Math.floor(i / columns) * panel.height}`;
    return `<g transform="translate(${at})">\n${panelOf(chart, colourOf)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11">
<style>
text:not(.label) { fill: #444 } .title { font-weight: 600; font-size: 13px; fill: #222 } .label { font-weight: 600 }
.grid { stroke: #8884; fill: none } .curve { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text:not(.label) { fill: #bbb } .title { fill: #eee } }
</style>
${placed.join('\n')}
</svg>
`;
}
