import { existsSync } from 'node:fs';

/**
 * Returns the machine's Chromium: the program in `CHROMIUM`, or one of Debian's packages. The headless shell uses far
 * less processor time for a page than the complete Chromium.
 */
export function findChromium(): string {
  return (
    process.env.CHROMIUM ??
    ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(
      existsSync,
    ) ??
    '/usr/bin/chromium'
  );
}
