import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #e2e5ea; --title: #151924; --text: #586074; --action: #4540c9; --label: #fff }
@media (prefers-color-scheme: dark) {
  :root { --page: #101418; --card: #1a2027; --line: #323b46; --title: #f1f4f8; --text: #c5cdd8; --action: #8ab4f8; --label: #101418 }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text); font: 16px/24px system-ui, sans-serif }
main { box-sizing: border-box; width: min(30rem, 100vw - 2rem); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px }
h1 { margin: 0; font-size: 20px; line-height: 28px; color: var(--title) }
p { margin: 12px 0 0 }
a { display: inline-block; margin-top: 20px; padding: 8px 16px; border-radius: 6px; background: var(--action); color: var(--label); font-weight: 600; text-decoration: none }
a:focus-visible { outline: 2px solid var(--action); outline-offset: 2px }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Content security policy of the portal's own pages. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What a person reads instead of a workspace; constant texts only. */
export interface Notice {
  status: number;
  title: string;
  text: string;
  /** Seconds after which the page loads again. */
  reloadAfter?: number;
}

/** Reasons why a request is not forwarded to a pod. */
export const notices = {
  unknownHost: {
    status: 404,
    title: 'Workspace not found',
    text: 'No workspace has this address.',
  },
  notFound: {
    status: 404,
    title: 'Page not found',
    text: 'This workspace has no page at this address.',
  },
  signedOut: {
    status: 401,
    title: 'Open this workspace from the portal',
    text: 'Your session has ended or this link has expired.',
  },
  crossOrigin: {
    status: 403,
    title: 'Request refused',
    text: 'Another site sent this request. Open this workspace from the portal.',
  },
  wrongMethod: {
    status: 405,
    title: 'Method not allowed',
    text: 'Open this workspace from the portal.',
  },
  onlyWebSockets: {
    status: 400,
    title: 'Protocol not supported',
    text: 'Only WebSocket connections can be upgraded.',
  },
  tooMany: {
    status: 503,
    title: 'Too many connections',
    text: 'This workspace has 64 connections open, the maximum. Close some tabs, then try again.',
  },
  forbidden: {
    status: 403,
    title: 'You can’t use this workspace',
    text: 'The cluster refused the connection. Ask an owner of the tenant for access.',
  },
  starting: {
    status: 503,
    title: 'The workspace is starting',
    text: 'This page opens the workspace as soon as it is ready.',
    reloadAfter: 2,
  },
  notStarted: {
    status: 503,
    title: 'The workspace is not ready',
    text: 'It did not respond within a minute. Reload this page, or look at its state in the portal.',
  },
  stopped: {
    status: 503,
    title: 'The workspace has stopped',
    text: 'Start it again from the portal. Saved files are kept.',
  },
  broken: {
    status: 502,
    title: 'The workspace is not responding',
    text: 'The connection to the workspace failed. Reload this page, or look at its state in the portal.',
  },
} satisfies Record<string, Notice>;

/**
 * Returns a page without scripts or external resources.
 *
 * @param portalUrl - serialized URL, which has no quotes or angle brackets
 */
export function renderPage(
  { reloadAfter, text, title }: Notice,
  portalUrl: string,
): string {
  const reload = reloadAfter
    ? `<meta http-equiv="refresh" content="${reloadAfter}">\n`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
${reload}<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main${reload && ' aria-busy="true"'}>
<h1>${title}</h1>
<p>${text}</p>
<a href="${portalUrl}">Open portal</a>
</main>
</body>
</html>
`;
}
