import type { CDPSession } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppUnderTest } from './app-under-test.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The samples' target, coffee. */
const target = { width: 600, height: 400 };

let app: AppUnderTest;
let devices: CDPSession;
beforeAll(async () => {
  app = await AppUnderTest.open();
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  devices = await app.page.context().newCDPSession(app.page);
  await app.page.getByRole('radio', { name: 'Clone', exact: true }).check();
});

const press = (keys: string) => app.page.keyboard.press(keys);
const number = async (name: string) => Number(await app.page.getByLabel(name, { exact: true }).inputValue());
const selected = () => app.page.locator('[data-layer] [aria-current=true]').textContent();
const zoom = () => app.page.getByRole('button', { name: /%\. Zoom to 100/ }).textContent();
/** What a pane's overlay shows: outlines, handles, the pointer's circle. */
const overlay = (pane: string) => app.layers(pane, ['edge', 'marks']);
const box = async (pane: string) => (await app.pane(pane).getByRole('img').boundingBox())!;
const inPane = async (pane: string, x: number, y: number): Promise<Point> => {
  const at = await box(pane);
  return { x: at.x + x * at.width, y: at.y + y * at.height };
};
/** Where a point of the target lies on the page while its pane is fitted. */
const onTarget = async (x: number, y: number): Promise<Point> => {
  const at = await box('Target');
  const scale = Math.min((at.width - 32) / target.width, (at.height - 32) / target.height);
  return {
    x: at.x + at.width / 2 + (x - target.width / 2) * scale,
    y: at.y + at.height / 2 + (y - target.height / 2) * scale,
  };
};
const drag = async (from: Point, to: Point) => {
  await app.page.mouse.move(from.x, from.y);
  await app.page.mouse.down();
  await app.page.mouse.move(to.x, to.y, { steps: 4 });
  await app.page.mouse.up();
};
/** How many pixels of two pictures are not the same, over all of their layers. */
const difference = async (before: string, after: string) => {
  const layers = (picture: string) =>
    Promise.all(
      picture.split(' ').map((url) =>
        sharp(Buffer.from(url.split(',')[1]!, 'base64'))
          .ensureAlpha()
          .raw()
          .toBuffer(),
      ),
    );
  const [a, b] = [Buffer.concat(await layers(before)), Buffer.concat(await layers(after))];
  let count = 0;
  for (let i = 0; i < a.length; i += 4) count += Number(a.readUInt32LE(i) !== b.readUInt32LE(i));
  return count;
};

/** The exact solution on show is that of everything as it is. */
const atRest = () => app.page.locator('[data-role=target][aria-busy=false] [data-shown=exact]').waitFor();

/** A sample composition, fresh. */
const compose = async (id: 'espresso' | 'twins') => {
  if (await app.page.locator('[data-layer]').first().isVisible()) {
    await app.runCommand('Close and show samples');
    const leave = app.page.getByRole('button', { name: 'Leave without saving' });
    const sample = app.page.locator('[data-action=compose-espresso]');
    await leave.or(sample).first().waitFor();
    if (await leave.isVisible()) await leave.click();
  }
  await app.page.locator(`[data-action=compose-${id}]`).click();
  await atRest();
};

describe('the mouse with the move tool', () => {
  // The face's box on the coffee: 171…279 and 64…192 of the astronaut, moved by (60, -10).
  const face = { left: 231, top: 54, right: 339, bottom: 182 };
  beforeEach(() => compose('espresso'));

  it('scales by a corner about the opposite one, turns by the handle with Shift in steps of 15°, each undone', async () => {
    const place = async () => [await number('X'), await number('Y')];
    const corner = await onTarget(face.right, face.bottom);
    const further = await onTarget(face.right + 54, face.bottom + 64);
    await drag(corner, further);
    await expect.poll(() => number('Scale %')).toBeGreaterThan(145);
    expect(await number('Scale %')).toBeLessThan(155);
    await app.shot('pointer-scaled');
    // Back by the same corner, with Alt about the centre: half as much again is on either side.
    await press('Control+z');
    await expect.poll(() => number('Scale %')).toBe(100);
    await expect.poll(place).toEqual([60, -10]);
    await app.page.keyboard.down('Alt');
    await drag(corner, further);
    await app.page.keyboard.up('Alt');
    await expect.poll(() => number('Scale %')).toBeGreaterThan(190);
    await press('Control+z');
    await expect.poll(() => number('Scale %')).toBe(100);

    const top = await onTarget((face.left + face.right) / 2, face.top);
    const knob = { x: top.x, y: top.y - 26 };
    const right = await onTarget(face.right + 40, face.top);
    await drag(knob, right);
    await expect.poll(() => number('Angle °')).toBeGreaterThan(40);
    const free = await number('Angle °');
    expect(free % 15).not.toBe(0);
    await press('Control+z');
    await expect.poll(() => number('Angle °')).toBe(0);
    await app.page.keyboard.down('Shift');
    await drag(knob, right);
    await app.page.keyboard.up('Shift');
    await expect.poll(() => number('Angle °')).toBe(60);
    await press('Control+z');
    await expect.poll(() => number('Angle °')).toBe(0);
    await expect.poll(place).toEqual([60, -10]);
    // With Shift a move keeps to one axis.
    await app.page.keyboard.down('Shift');
    await drag(await onTarget(285, 118), await onTarget(325, 128));
    await app.page.keyboard.up('Shift');
    await expect.poll(place).toEqual([100, -10]);
  });

  it('copies what is on show to the clipboard as a PNG of the target’s size, unchanged outside the mask', async () => {
    await press('Control+c');
    await app.page.getByText('Copied the exact solution').waitFor();
    const copied = await app.page.evaluate<number[]>(`navigator.clipboard.read().then(async ([item]) =>
      [...new Uint8Array(await (await item.getType('image/png')).arrayBuffer())])`);
    const made = await sharp(Buffer.from(copied)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(made.info).toMatchObject(target);
    const plain = await sharp('assets/samples/coffee.png').removeAlpha().raw().toBuffer();
    const differsAt = (x: number, y: number) =>
      [0, 1, 2].some((c) => made.data[3 * (y * 600 + x) + c] !== plain[3 * (y * 600 + x) + c]);
    const outside = [[20, 20], [580, 380], [face.left - 3, 118], [285, face.bottom + 3]] as const; // prettier-ignore
    expect(outside.some(([x, y]) => differsAt(x, y))).toBe(false);
    expect(differsAt(285, 118)).toBe(true);
  });
});

describe('a layer on the canvas', () => {
  it('is outlined under the pointer and selected by a click, and the keyboard selects it too', async () => {
    await compose('twins');
    expect(await selected()).toContain('Right');
    const left = await onTarget(253, 110);
    const bare = await overlay('Target');
    await app.page.mouse.move(left.x, left.y);
    await expect.poll(() => overlay('Target')).not.toBe(bare);
    await app.shot('pointer-hover');
    await app.page.mouse.down();
    await app.page.mouse.up();
    await expect.poll(selected).toContain('Left');
    await press('Alt+]');
    await expect.poll(selected).toContain('Right');
    // Dragged from there, the other one comes along; what was selected stays where it is.
    const x = await number('X');
    await drag(left, { x: left.x - 30, y: left.y });
    await expect.poll(selected).toContain('Left');
    await expect.poll(() => number('X')).toBeLessThan(16);
    await press('Control+z');
    await press('Alt+]');
    await expect.poll(() => number('X')).toBe(x);
    expect(app.complaints).toEqual([]);
  });
});

describe('a pen', () => {
  it('paints narrower the lighter it is pressed', async () => {
    await compose('espresso');
    await press('b');
    await app.page.getByTitle('What a pen pressed lightly lessens').locator('select').selectOption('size');
    const from = await inPane('Source', 0.25, 0.65);
    const stroke = async (force: number) => {
      const empty = await app.picture('Source');
      const pen = { pointerType: 'pen', button: 'left', force } as const;
      for (let i = 0; i <= 8; i++) {
        const type = i === 0 ? 'mousePressed' : i === 8 ? 'mouseReleased' : 'mouseMoved';
        await devices.send('Input.dispatchMouseEvent', {
          ...pen, type, x: from.x + 12 * i, y: from.y, clickCount: 1, buttons: type === 'mouseReleased' ? 0 : 1,
        }); // prettier-ignore
      }
      await expect.poll(() => app.picture('Source')).not.toBe(empty);
      const painted = await difference(empty, await app.picture('Source'));
      await press('Control+z');
      await expect.poll(() => app.picture('Source')).toBe(empty);
      return painted;
    };
    const [hard, light] = [await stroke(1), await stroke(0.3)];
    expect(light).toBeGreaterThan(0);
    expect(light).toBeLessThan(0.6 * hard);
  });
});

describe('fingers', () => {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    devices.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: touchPoints.map(({ x, y }, id) => ({ x, y, id })),
    });

  it('paint one at a time; two of them pan and zoom instead, and what the first had begun is gone', async () => {
    await compose('espresso');
    await press('b');
    const before = await app.picture('Source');
    const [a, b] = [await inPane('Source', 0.3, 0.65), await inPane('Source', 0.6, 0.7)];
    await touch('touchStart', a);
    await touch('touchMove', b);
    await touch('touchEnd');
    await expect.poll(() => app.picture('Source')).not.toBe(before);
    await press('Control+z');
    await expect.poll(() => app.picture('Source')).toBe(before);

    const fitted = Number.parseFloat((await zoom()) ?? '');
    const c = await inPane('Target', 0.4, 0.5);
    const d = { x: c.x + 80, y: c.y };
    await touch('touchStart', c);
    await touch('touchMove', { x: c.x, y: c.y + 12 });
    await touch('touchStart', { x: c.x, y: c.y + 12 }, { x: d.x, y: c.y + 12 });
    await touch('touchMove', { x: c.x - 40, y: c.y + 12 }, { x: d.x + 40, y: c.y + 12 });
    await touch('touchEnd');
    // Twice as far apart, twice as large.
    await expect.poll(async () => Number.parseFloat((await zoom()) ?? '') / fitted).toBeGreaterThan(1.95);
    expect(Number.parseFloat((await zoom()) ?? '') / fitted).toBeLessThan(2.05);
    await press('Control+0');
    await expect.poll(async () => Number.parseFloat((await zoom()) ?? '')).toBe(fitted);
    await expect.poll(() => app.picture('Source')).toBe(before);
    // Nothing was painted that could be undone.
    expect(await app.page.locator('[data-action=undo]').first().isDisabled()).toBe(true);
    expect(app.complaints).toEqual([]);
  });
});
