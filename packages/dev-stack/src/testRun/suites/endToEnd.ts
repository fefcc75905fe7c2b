import { readState } from '@bailiwick/backstage-local-cluster';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addresses,
  paths,
  readStackState,
  repositoryRoot,
  runNode,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { countRun, writeJunit } from '../junit';
import { footprintOf, traces } from '../machineTraces';
import type { Counts, TestSuite } from '../TestSuite';

const portBase = 17_007;
const run = join(repositoryRoot, 'scripts/run.mjs');
const playwright = join(repositoryRoot, 'node_modules/@playwright/test/cli.js');

function stack(
  options: StackOptions,
  command: string,
  ...args: string[]
): Promise<number> {
  return runNode(run, [
    command,
    '--data-dir',
    options.dataDir,
    '--port-base',
    String(options.portBase),
    ...args,
  ]);
}

/** Drives the pages of a running Bailiwick in a browser. */
async function driveBrowser(
  options: StackOptions,
  reports: string,
  pattern?: string,
): Promise<Counts> {
  const browserReport = join(reports, 'browser.xml');
  const code = await runNode(
    playwright,
    ['test', ...(pattern ? [pattern] : [])],
    {
      env: {
        PLAYWRIGHT_JUNIT_OUTPUT_FILE: browserReport,
        BAILIWICK_PORTAL_URL: addresses(options).portal,
        BAILIWICK_GATEWAY_URL: addresses(options).gateway,
        BAILIWICK_KUBECTL:
          readState(paths(options).clusterState)?.kubectl ?? 'kubectl',
        BAILIWICK_ADMIN_KUBECONFIG:
          readStackState(paths(options).state)?.kubeconfig ?? '',
      },
    },
  );
  return countRun(browserReport, code);
}

/**
 * A stranger's way: starts everything in an empty data folder, plays the demo with a stop in its
 * middle, drives the pages in a browser, stops, starts again, plays the demo again, and looks for
 * what is left behind.
 */
export const endToEnd: TestSuite = {
  name: 'end to end',
  group: 'e2e',
  async run({ pattern, reports }): Promise<Counts> {
    const options = {
      dataDir: mkdtempSync(join(tmpdir(), 'bailiwick-e2e-')),
      portBase,
    };
    const cases: { name: string; failure?: string }[] = [];
    const check = async (name: string, act: () => Promise<number>) => {
      const code = await act();
      cases.push({ name, ...(code !== 0 && { failure: `exit code ${code}` }) });
      return code === 0;
    };
    let footprint = footprintOf(options.dataDir, paths(options).cluster);
    let browser: Counts = { passed: 0, failed: 0, skipped: 0 };
    try {
      if (await check('npm start', () => stack(options, 'start', '--detach'))) {
        await check('the demo until the app is made', () =>
          stack(options, 'demo', '--until', 'Bea makes an app from it'),
        );
        await check('npm stop in the middle of the demo', () =>
          stack(options, 'stop'),
        );
        await check('npm start in the middle of the demo', () =>
          stack(options, 'start', '--detach'),
        );
        await check(
          'npm run demo goes on where it was, with all archetypes',
          () => stack(options, 'demo', '--json', '--archetypes'),
        );
        const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
        const isThere = await check(`a Chromium at ${chromium}`, async () =>
          existsSync(chromium) ? 0 : 1,
        );
        if (isThere) {
          browser = await driveBrowser(options, reports, pattern);
        }
        await check('npm stop', () => stack(options, 'stop'));
        await check('npm start again', () =>
          stack(options, 'start', '--detach'),
        );
        await check('npm run demo again', () =>
          stack(options, 'demo', '--json'),
        );
      }
    } finally {
      footprint = footprintOf(options.dataDir, paths(options).cluster);
      await check('npm run reset', () => stack(options, 'reset'));
      rmSync(options.dataDir, { recursive: true, force: true });
    }
    const left = await traces(footprint);
    cases.push({
      name: 'nothing is left on the machine',
      ...(left.length > 0 && { failure: left.join(', ') }),
    });
    if (left.length > 0)
      process.stdout.write(`Left on the machine:\n${left.join('\n')}\n`);
    writeJunit(join(reports, 'e2e.xml'), 'end to end', cases);
    const failed = cases.filter(({ failure }) => failure).length;
    return {
      passed: cases.length - failed + browser.passed,
      failed: failed + browser.failed,
      skipped: browser.skipped,
    };
  },
};
