/** Parts of a mail, escaped for HTML. */
interface Parts {
  title: string;
  description: string;
  action: { label: string; url: string };
  portal: string;
  footer: string;
  settings: string;
}

const font =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * The HTML of a mail: one narrow column, in tables and inline styles because mail clients read nothing else reliably. A
 * style sheet adds dark colors where the client has a dark theme.
 */
export function mailDocument(parts: Parts): string {
  const { action, description, footer, portal, settings, title } = parts;
  const paragraph = description
    ? `<p class="text" style="margin:12px 0 0;font-size:15px;line-height:22px;color:#586074">${description}</p>`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #101418 !important; }
  .card { background: #1a2027 !important; border-color: #323b46 !important; }
  .title { color: #f1f4f8 !important; }
  .text { color: #c5cdd8 !important; }
  .small, .small a { color: #9aa5b4 !important; }
  .button { background: #8ab4f8 !important; color: #101418 !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#f6f7f9">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f7f9">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;${font}">
<tr><td class="small" style="padding:0 4px 12px;font-size:13px;font-weight:600;color:#586074">${portal}</td></tr>
<tr><td class="card" style="padding:24px;background:#ffffff;border:1px solid #e2e5ea;border-radius:8px">
<h1 class="title" style="margin:0;font-size:20px;line-height:28px;font-weight:600;color:#151924;overflow-wrap:anywhere">${title}</h1>
${paragraph}
<p style="margin:20px 0 0"><a class="button" href="${action.url}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#4540c9;color:#ffffff;font-size:14px;font-weight:600;text-decoration:none">${action.label}</a></p>
</td></tr>
<tr><td class="small" style="padding:12px 4px 0;font-size:12px;line-height:18px;color:#586074">${footer}
<a href="${settings}" style="color:#586074">Choose your notifications</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>`;
}
