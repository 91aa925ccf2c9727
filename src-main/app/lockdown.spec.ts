import { describe, expect, it, vi } from 'vitest';
import type { App, Session } from 'electron';
import { app, FakeWebContents, session, shell } from '../../tests/fixtures/fake-electron.ts';
import { confine, denyPermissions, mayOpen } from './lockdown.ts';

vi.mock('electron', () => import('../../tests/fixtures/fake-electron.ts'));

function confined(): FakeWebContents {
  app.removeAllListeners('web-contents-created');
  confine(app as unknown as App);
  const contents = new FakeWebContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

describe('a page', () => {
  it.each([
    ['camera', (answer: (granted: boolean) => void) => session.defaultSession.request?.({}, 'media', answer)],
    [
      'clipboard',
      (answer: (granted: boolean) => void) => session.defaultSession.request?.({}, 'clipboard-read', answer),
    ],
    [
      'anything it checks for',
      (answer: (granted: boolean) => void) => answer(session.defaultSession.check!()),
    ],
    ['a device', (answer: (granted: boolean) => void) => answer(session.defaultSession.device!())],
  ])('is not given %s', (_, ask) => {
    denyPermissions(session.defaultSession as unknown as Session);
    const answer = vi.fn();
    ask(answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('of our own may put a picture on the clipboard, and no other page', () => {
    denyPermissions(session.defaultSession as unknown as Session);
    const { check, request } = session.defaultSession;
    const asked = (url: string) => {
      const answer = vi.fn();
      request?.({ getURL: () => url }, 'clipboard-sanitized-write', answer);
      return [answer.mock.calls[0]?.[0], check?.(null, 'clipboard-sanitized-write', url)];
    };
    expect(asked('app://seamfield/')).toEqual([true, true]);
    expect(asked('https://evil.example/')).toEqual([false, false]);
  });

  it.each(['will-navigate', 'will-redirect'])('cannot leave the app (%s)', (event) => {
    const contents = confined();
    const leave = (url: string) => {
      const preventDefault = vi.fn();
      contents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    const away = ['https://evil.example/', 'file:///etc/passwd', 'app://seamfield.evil/', 'app://other/'];
    expect(away.map(leave)).toEqual([true, true, true, true]);
    expect(leave('app://seamfield/')).toBe(false);
  });

  it('cannot embed another', () => {
    const preventDefault = vi.fn();
    confined().emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it('cannot open a window; a link to a known site goes to the user’s browser', () => {
    const contents = confined();
    for (const url of ['https://arxiv.org/abs/2006.09661', 'https://evil.example/', 'file:///etc/passwd'])
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    expect(shell.opened).toEqual(['https://arxiv.org/abs/2006.09661']);
  });
});

describe('an address for the system', () => {
  it.each([
    'http://arxiv.org/',
    'https://arxiv.org.evil.example/',
    'https://user@arxiv.org/',
    'https://arxiv.org:8443/',
    'javascript:alert(1)',
    'smb://arxiv.org/share',
    'nonsense',
  ])('%s is not opened', (address) => {
    expect(mayOpen(address)).toBe(false);
  });
});
