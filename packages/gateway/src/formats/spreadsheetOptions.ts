import type { IncomingHttpHeaders } from 'node:http';

/** Options of a text for spreadsheets, as `Prefer` names them (RFC 7240). */
const preferences = {
  guardsFormulas: 'formula-guard',
  hasMark: 'bom',
} as const;

/** How a text for spreadsheets is written. */
export type SpreadsheetOptions = Record<keyof typeof preferences, boolean> & {
  /** Value of `Preference-Applied`; absent if the reader has no preference. */
  applied?: string;
};

/**
 * Decides whether to guard formulas (`formula-guard`) and to begin with a byte order mark (`bom`): by the preferences
 * `on` or `off` (`Prefer`, RFC 7240), otherwise on for navigation in a browser, whose downloads are opened in
 * spreadsheets, and off for programs and scripts of pages.
 */
export function spreadsheetOptions(
  headers: IncomingHttpHeaders,
): SpreadsheetOptions {
  const wanted = (name: string) => preferenceOf(headers, name);
  const isOpened = isNavigation(headers);
  const applied = Object.values(preferences).flatMap(name => {
    const isOn = wanted(name);
    return isOn === undefined ? [] : [`${name}=${isOn ? 'on' : 'off'}`];
  });
  return {
    guardsFormulas: wanted(preferences.guardsFormulas) ?? isOpened,
    hasMark: wanted(preferences.hasMark) ?? isOpened,
    ...(applied.length > 0 && { applied: applied.join(', ') }),
  };
}

/** Returns the first valid value of a preference. */
function preferenceOf(
  headers: IncomingHttpHeaders,
  name: string,
): boolean | undefined {
  const pattern = new RegExp(`^\\s*${name}\\s*=\\s*"?(on|off)"?\\s*$`, 'i');
  const value = String(headers.prefer ?? '')
    .split(/[,;]/)
    .map(one => pattern.exec(one)?.[1])
    .find(Boolean);
  return value === undefined ? undefined : value.toLowerCase() === 'on';
}

function isNavigation(headers: IncomingHttpHeaders): boolean {
  // Browsers send this header on secure origins; `fetch`, also that of Node, sends `cors`.
  const mode = headers['sec-fetch-mode'];
  const agent = headers['user-agent'] ?? '';
  return mode === undefined
    ? /^Mozilla\//.test(agent) && !/PowerShell/.test(agent)
    : mode === 'navigate';
}
