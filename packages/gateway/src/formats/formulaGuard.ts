import type { IncomingHttpHeaders } from 'node:http';

/** Whether texts in CSV are guarded against being taken for formulas. */
export interface FormulaGuard {
  isOn: boolean;
  /** Whether the reader chose. */
  isAsked: boolean;
}

/**
 * Decides for a request: the preference `formula-guard=on` or `off` (`Prefer`, RFC 7240), else on for browsers, whose
 * downloads are opened in a spreadsheet, and off for programs, which want the texts as they are.
 */
export function formulaGuard(headers: IncomingHttpHeaders): FormulaGuard {
  const wanted = String(headers.prefer ?? '')
    .split(/[,;]/)
    .map(one => /^\s*formula-guard\s*=\s*"?(on|off)"?\s*$/i.exec(one)?.[1])
    .find(Boolean);
  if (wanted) return { isOn: wanted.toLowerCase() === 'on', isAsked: true };
  const isBrowser =
    headers['sec-fetch-mode'] !== undefined ||
    /^Mozilla\//.test(headers['user-agent'] ?? '');
  return { isOn: isBrowser, isAsked: false };
}
