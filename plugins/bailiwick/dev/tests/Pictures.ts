import type { Browser, CDPSession, Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const references = join(__dirname, 'pictures');
const fullSize = join(__dirname, '../../../../reports/pictures/examples');

/** Pictures are reduced, so that antialiasing and hinting of typefaces hardly show. */
const scale = 0.25;
/** A pixel differs when a channel does by more, of 255. */
const channelTolerance = 40;
/** Share of pixels that may differ. */
const shareTolerance = 0.03;

/** Compares pictures of examples with references, which `BAILIWICK_PICTURES=1` writes. */
export class Pictures {
  readonly #isWriting = Boolean(process.env.BAILIWICK_PICTURES);
  readonly #page: Page;
  readonly #session: CDPSession;
  /** Decodes and compares, beside the examples. */
  readonly #canvas: Page;

  private constructor(page: Page, session: CDPSession, canvas: Page) {
    this.#page = page;
    this.#session = session;
    this.#canvas = canvas;
  }

  static async of(page: Page, browser: Browser): Promise<Pictures> {
    const session = await page.context().newCDPSession(page);
    return new Pictures(page, session, await browser.newPage());
  }

  close(): Promise<void> {
    return this.#canvas.close();
  }

  /**
   * Compares the window with a reference, if it has one.
   *
   * @returns the difference, in one sentence; nothing if it looks the same
   */
  async differences(name: string, hasReference: boolean): Promise<string[]> {
    const file = join(references, `${name}.png`);
    if (this.#isWriting) {
      if (hasReference) write(file, await this.#take());
      write(join(fullSize, `${name}.png`), await this.#page.screenshot());
      return [];
    }
    if (!hasReference) return [];
    const picture = await this.#take();
    if (!existsSync(file))
      return [
        `${name} has no reference; BAILIWICK_PICTURES=1 npm test -- examples writes it`,
      ];
    const share = await this.#canvas.evaluate(shareOfDifferentPixels, {
      one: readFileSync(file).toString('base64'),
      other: picture.toString('base64'),
      tolerance: channelTolerance,
    });
    return share > shareTolerance
      ? [`${Math.round(100 * share)} % of ${name} differ from its reference`]
      : [];
  }

  async #take(): Promise<Buffer> {
    const { height, width } = this.#page.viewportSize()!;
    const { data } = await this.#session.send('Page.captureScreenshot', {
      format: 'png',
      clip: { x: 0, y: 0, width, height, scale },
    });
    return Buffer.from(data, 'base64');
  }
}

function write(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Runs in the browser: 0 for equal pictures, 1 for pictures of different sizes. */
async function shareOfDifferentPixels({
  one,
  other,
  tolerance,
}: {
  one: string;
  other: string;
  tolerance: number;
}): Promise<number> {
  const pixelsOf = async (png: string) => {
    const answer = await fetch(`data:image/png;base64,${png}`);
    const bitmap = await createImageBitmap(await answer.blob());
    const { height, width } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  };
  const [left, right] = await Promise.all([pixelsOf(one), pixelsOf(other)]);
  if (left.width !== right.width || left.height !== right.height) return 1;
  let different = 0;
  for (let at = 0; at < left.data.length; at += 4) {
    const isDifferent = [0, 1, 2].some(
      channel =>
        Math.abs(left.data[at + channel] - right.data[at + channel]) >
        tolerance,
    );
    if (isDifferent) different += 1;
  }
  return (4 * different) / left.data.length;
}
