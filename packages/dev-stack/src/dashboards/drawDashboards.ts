import { cacheDir } from '@bailiwick/backstage-local-cluster';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../process/findChromium';
import type { Dashboard } from './Dashboard';
import type { Period, Series } from './queryPanel';

const sources = join(import.meta.dirname, '../../grafana');
const origin = 'http://dashboards.test/';
const width = 1280;

/** What the page is given. */
interface Drawing extends Period {
  dashboard: Dashboard;
  /** Results of the panels, in their order. */
  series: Series[][];
}

/** Installs Grafana's components into the cache, about 460 MB, the first time. @returns the folder */
async function ensureGrafana(): Promise<string> {
  const lock = readFileSync(join(sources, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const target = join(cacheDir(), `grafana-${hash}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    cpSync(join(sources, file), join(unfinished, file));
  await promisify(execFile)(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: unfinished },
  );
  renameSync(unfinished, target);
  return target;
}

async function bundle(): Promise<{ script: string; styles: string }> {
  const { outputFiles } = await build({
    // As if it were beside the installed packages: the repository has another React.
    stdin: {
      contents: readFileSync(join(sources, 'drawDashboard.jsx'), 'utf8'),
      loader: 'jsx',
      resolveDir: await ensureGrafana(),
    },
    outdir: 'memory',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.ttf': 'dataurl' },
  });
  const find = (suffix: string) =>
    outputFiles.find(({ path }) => path.endsWith(suffix))!.text;
  return { script: find('.js'), styles: find('.css') };
}

/**
 * Draws a dashboard with Grafana's own components (`@grafana/ui`) in the light theme, and writes the picture.
 *
 * @throws Error with that of the page when something cannot be drawn
 */
export async function drawDashboards(
  drawings: Record<string, Drawing>,
  fileOf: (name: string) => string,
): Promise<void> {
  const { script, styles } = await bundle();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const [name, drawing] of Object.entries(drawings)) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      const errors: Error[] = [];
      page.on('pageerror', error => errors.push(error));
      await page.route(`${origin}**`, route =>
        route.fulfill({
          contentType: 'text/html',
          body: route.request().url() === origin ? '<div id="root"></div>' : '',
        }),
      );
      await page.goto(origin);
      await page.addStyleTag({ content: styles });
      await page.addScriptTag({ content: script });
      await page.evaluate(input => (globalThis as any).drawDashboard(input), {
        ...drawing,
        mode: 'light',
        width,
      });
      // An error of the page says more than a canvas that does not come.
      await Promise.race([
        page.locator('main canvas').first().waitFor(),
        page.waitForEvent('pageerror'),
      ]);
      if (errors.length > 0) throw errors[0];
      await page.screenshot({
        path: fileOf(name),
        fullPage: true,
        animations: 'disabled',
      });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
