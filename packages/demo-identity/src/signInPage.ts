import type { DemoPerson } from './people';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => escapes[character]);
}

const style = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 Helvetica, Arial, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; }
  main { width: min(28rem, calc(100vw - 2rem)); padding: 1rem 0; }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
  form { margin: 1.5rem 0 0; display: grid; gap: .75rem; }
  button { font: inherit; text-align: left; padding: .75rem 1rem; border: 1px solid GrayText; border-radius: .5rem; background: Canvas; color: CanvasText; cursor: pointer; }
  button:hover, button:focus-visible { border-color: Highlight; outline: 2px solid Highlight; }
  strong, span { display: block; }
`;

/** The page on which one picks who to be. */
export function signInPage(people: DemoPerson[], action: string): string {
  const buttons = people
    .map(
      ({ id, name, role }) =>
        `<button name="person" value="${escape(id)}"><strong>${escape(
          name,
        )}</strong><span>${escape(role)}</span></button>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Choose a demo person</title><style>${style}</style></head>
<body><main>
<h1>Choose a demo person</h1>
<p>These people exist only in this demo and need no password. A production portal uses your organization's sign-in.</p>
<form method="post" action="${escape(action)}">
${buttons}
</form>
</main></body>
</html>`;
}
