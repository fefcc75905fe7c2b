import type { IncomingHttpHeaders } from 'node:http';

/** Whether texts in CSV are guarded against being taken for formulas. */
export interface FormulaGuard {
  isOn: boolean;
  /** Whether the reader chose. */
  isRequested: boolean;
}

/**
 * Decides whether to guard formulas: by the preference `formula-guard=on` or `off` (`Prefer`, RFC 7240), otherwise on
 * for navigation in a browser, whose downloads are opened in spreadsheets, and off for programs and scripts of pages.
 */
export function formulaGuard(headers: IncomingHttpHeaders): FormulaGuard {
  const wanted = String(headers.prefer ?? '')
    .split(/[,;]/)
    .map(one => /^\s*formula-guard\s*=\s*"?(on|off)"?\s*$/i.exec(one)?.[1])
    .find(Boolean);
  if (wanted) return { isOn: wanted.toLowerCase() === 'on', isRequested: true };
  // Browsers send this header on secure origins; `fetch`, also that of Node, sends `cors`.
  const mode = headers['sec-fetch-mode'];
  const agent = headers['user-agent'] ?? '';
  const isOpened =
    mode === undefined
      ? /^Mozilla\//.test(agent) && !/PowerShell/.test(agent)
      : mode === 'navigate';
  return { isOn: isOpened, isRequested: false };
}
