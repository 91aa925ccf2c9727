import { describe, expect, it, vi } from 'vitest';
import { AssociatedFiles } from './associated-files.ts';

describe('files that the system wants opened', () => {
  it('wait for a page, and come at once while there is one', () => {
    const files = new AssociatedFiles();
    const show = vi.fn();
    files.take('/files/a.seamfield');
    files.ready(show);
    files.take('/files/b.seamfield');
    files.wait();
    files.take('/files/c.seamfield');
    expect(show.mock.calls).toEqual([['/files/a.seamfield'], ['/files/b.seamfield']]);
    files.ready(show);
    expect(show).toHaveBeenLastCalledWith('/files/c.seamfield');
    expect(show).toHaveBeenCalledTimes(3);
  });

  it('are the projects of a command line, from its folder, and no switch', () => {
    const files = new AssociatedFiles();
    const show = vi.fn();
    files.ready(show);
    files.takeFrom(
      ['/app/seamfield', '--load=x.seamfield', 'a.seamfield', '/b.seamfield', 'c.png'],
      '/files',
    );
    expect(show.mock.calls).toEqual([['/files/a.seamfield'], ['/b.seamfield']]);
  });

  it.skipIf(process.platform === 'win32')('are named by their addresses, as Linux desktops do', () => {
    const files = new AssociatedFiles();
    const show = vi.fn();
    files.ready(show);
    const others = ['file://elsewhere/d.seamfield', 'https://example.com/e.png'];
    files.takeFrom(['/app/seamfield', 'file:///files/my%20face.seamfield', ...others], '/files');
    expect(show.mock.calls).toEqual([['/files/my face.seamfield']]);
  });
});
