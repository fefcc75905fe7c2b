import { existsSync } from 'node:fs';

/**
 * Returns the machine's Chromium: the program in `CHROMIUM`, or one of Debian's packages. The headless shell takes far
 * less processor time to load a page than the whole Chromium.
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
