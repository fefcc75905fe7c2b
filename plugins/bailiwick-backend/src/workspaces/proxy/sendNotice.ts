import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import { protection } from './headers';
import { isNavigation } from './origins';
import { pagePolicy, renderPage, type Notice } from './pages';

/** Responds with a page to navigations, otherwise with JSON. */
export function sendNotice(
  req: IncomingMessage,
  res: ServerResponse,
  { notice, portalUrl }: { notice: Notice; portalUrl: string },
): void {
  const { reloadAfter, status, text, title } = notice;
  const isPage = isNavigation(req) && !req.headers.upgrade;
  const headers: OutgoingHttpHeaders = {
    ...protection,
    'content-security-policy': pagePolicy,
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
  };
  if (reloadAfter) headers['retry-after'] = `${reloadAfter}`;
  res
    .writeHead(status, headers)
    .end(
      isPage
        ? renderPage(notice, portalUrl)
        : JSON.stringify({ message: `${title}. ${text}` }),
    );
}
