import { escapeXml } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createHash } from 'node:crypto';
import type { AddIn } from './AddIn';

/** Address of Office.js, which add-ins must load from Microsoft. */
const officeScript =
  'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';

const style = `body{font:14px/1.4 'Segoe UI',sans-serif;margin:16px}
h1{font-size:20px}h2{font-size:16px}
form{display:grid;gap:6px;margin:0 0 20px}
input,button{font:inherit;padding:6px}
[role=status]{min-height:1.4em}
dt{font-family:Consolas,monospace;overflow-wrap:anywhere}
dd{margin:0 0 10px}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Scripts of the page come from the gateway and from Microsoft only. */
export const pagePolicy = [
  `script-src 'self' ${new URL(officeScript).origin}`,
  `style-src 'self' 'sha256-${styleHash}' ${new URL(officeScript).origin}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Returns the page of the task pane, which the script fills. It also holds the custom functions, so it stays loaded. */
export function pageOf({ title }: Pick<AddIn, 'title'>): string {
  const name = escapeXml(title);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${name}</title>
    <style>${style}</style>
    <script src="${officeScript}"></script>
    <script src="functions.js" defer></script>
  </head>
  <body>
    <h1>${name}</h1>
    <p>Create tokens in the portal: open the app, and choose Get data. Tokens are stored on this computer, not in workbooks.</p>
    <main id="tokens"></main>
    <h2>Functions</h2>
    <dl id="functions"></dl>
  </body>
</html>
`;
}
