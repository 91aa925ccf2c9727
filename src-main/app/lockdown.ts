import { shell } from 'electron';
import type { App, Session, WebContents } from 'electron';
import { isOwnPage } from './origin.ts';

/** Sites that a link of ours may open in the user's browser; everything else is dropped. */
const openable: readonly string[] = ['github.com', 'arxiv.org', 'onnx.ai', 'onnxruntime.ai'];

/** Whether an address may be handed to the system: https, and a site on the list, without user name or port. */
export function mayOpen(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  return protocol === 'https:' && openable.includes(hostname) && `${username}${password}${port}` === '';
}

/** The one power of the web platform that the app asks for: to put a picture on the clipboard, after a key or click. */
const granted = 'clipboard-sanitized-write';

/** Nothing else is granted, and that to our own page alone. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === granted && isOwnPage(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === granted && isOwnPage(origin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** No page may leave the app, open another or embed one, whatever its script does. */
export function confine(app: App): void {
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
}

function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpen(url)) shell.openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
  const stayHome = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
