import { cacheDir } from '@bailiwick/backstage-local-cluster';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
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

/** Script and styles of the page that draws. */
export interface Page {
  script: string;
  styles: string;
}

/** Installs Grafana's components into the cache, about 460 MB, the first time. @returns the folder */
async function ensureGrafana(): Promise<string> {
  const lock = readFileSync(join(sources, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const target = join(cacheDir(), `grafana-${hash}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json'])
      await cp(join(sources, file), join(unfinished, file));
    await promisify(execFile)(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      { cwd: unfinished },
    );
    await rename(unfinished, target).catch(error => {
      // Another process was faster.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return target;
}

/** Bundles the page that draws dashboards. @throws Error when Grafana's components cannot be installed */
export async function bundlePage(): Promise<Page> {
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
 * Draws dashboards with Grafana's own components (`@grafana/ui`) in the light theme, and writes the pictures.
 *
 * @throws the page's own error when something cannot be drawn
 */
export async function drawDashboards(
  page: Page,
  drawings: Record<string, Drawing>,
  fileOf: (name: string) => string,
): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const [name, drawing] of Object.entries(drawings))
      await draw(browser, page, drawing, fileOf(name));
  } finally {
    await browser.close();
  }
}

async function draw(
  browser: Browser,
  { script, styles }: Page,
  drawing: Drawing,
  path: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const failed = new Promise<never>((_, reject) => {
    page.once('pageerror', reject);
  });
  await page.route(`${origin}**`, route =>
    route.fulfill({
      contentType: 'text/html',
      body:
        route.request().url() === origin
          ? '<!doctype html><body style="margin: 0"><div id="root"></div></body>'
          : '',
    }),
  );
  const complete = async () => {
    await page.goto(origin);
    await page.addStyleTag({ content: styles });
    await page.addScriptTag({ content: script });
    await page.evaluate(input => (globalThis as any).drawDashboard(input), {
      ...drawing,
      mode: 'light',
      width,
    });
    const { dashboard, series } = drawing;
    const charts = dashboard.panels.filter(
      ({ type }, index) => type === 'timeseries' && series[index].length > 0,
    );
    await page.waitForFunction(
      count => document.querySelectorAll('main canvas').length >= count,
      charts.length,
    );
  };
  await Promise.race([complete(), failed]);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  await page.close();
}
