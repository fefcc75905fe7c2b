import type { Locator } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Frames are this wide: readable in a README, and in the portal's home page. */
const width = 960;
const height = 600;

/**
 * Records screenshots of a page as the frames of one animated WebP, only when `BAILIWICK_PICTURES` is set. Needs
 * `cwebp` and `webpmux` (Debian: `webp`).
 */
export class Animation {
  readonly #file: string;
  readonly #folder = process.env.BAILIWICK_PICTURES
    ? mkdtempSync(join(tmpdir(), 'animation-'))
    : undefined;
  readonly #frames: string[] = [];

  /** @param file - written by {@link write} */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Records the page for a number of seconds.
   *
   * @param shown - the relevant part, scrolled into view
   */
  async add(shown: Locator, seconds = 2): Promise<void> {
    if (!this.#folder) return;
    const page = shown.page();
    const before = page.viewportSize()!;
    await page.setViewportSize({ width, height });
    await shown.scrollIntoViewIfNeeded();
    const path = join(this.#folder, `${this.#frames.length}`);
    await page.screenshot({ path: `${path}.png`, animations: 'disabled' });
    await page.setViewportSize(before);
    execFileSync('cwebp', ['-quiet', '-q', '80', `${path}.png`, '-o', path]);
    this.#frames.push('-frame', path, `+${seconds * 1000}`);
  }

  /** Writes the animation, which repeats without end. */
  write(): void {
    if (!this.#folder) return;
    execFileSync('webpmux', [
      ...this.#frames,
      ...['-loop', '0', '-o', this.#file],
    ]);
    rmSync(this.#folder, { recursive: true });
  }
}
