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

/** Nothing of the web platform's powers is asked for, so nothing is granted. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** No page may leave the app, open another or embed one, whatever its script does. */
export function confine(app: App): void {
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
}

function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpen(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stayHome = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
