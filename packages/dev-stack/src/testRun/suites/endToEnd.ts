import {
  addresses,
  paths,
  readStackState,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { readState } from '@bailiwick/backstage-local-cluster';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../process/findChromium';
import {
  countRun,
  exitFailure,
  timeCheck,
  writeJunit,
  type CheckResult,
} from '../junit';
import { footprintOf, traces } from '../machineTraces';
import { rerunFailed } from '../rerunFailed';
import {
  addCounts,
  fewerCollections,
  noCounts,
  type Outcome,
  type SuiteContext,
  type TestSuite,
} from '../TestSuite';
import { smokeTest } from './benchmarks';

const portBase = 17_007;
const script = join(repositoryRoot, 'scripts/run.mjs');
const playwright = join(repositoryRoot, 'node_modules/@playwright/test/cli.js');
const browserReport = 'browser.xml';
const chromium = findChromium();

/** Drives the pages of a running Bailiwick in a browser. */
async function driveBrowser(
  options: StackOptions,
  context: SuiteContext,
): Promise<Outcome> {
  const { pattern, reports, run } = context;
  const drive = (report: string, ...files: string[]) =>
    run(process.execPath, [playwright, 'test', ...files], {
      env: {
        PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(reports, report),
        CHROMIUM: chromium,
        BAILIWICK_PORTAL_URL: addresses(options).portal,
        BAILIWICK_GATEWAY_URL: addresses(options).gateway,
        BAILIWICK_KUBECTL:
          readState(paths(options).clusterState)?.kubectl ?? 'kubectl',
        BAILIWICK_ADMIN_KUBECONFIG:
          readStackState(paths(options).state)?.kubeconfig ?? '',
      },
    });
  const code = await drive(browserReport, ...(pattern ? [pattern] : []));
  const counts = countRun(join(reports, browserReport), code);
  return rerunFailed(browserReport, counts, context, (file, report) =>
    drive(report, file),
  );
}

/**
 * A stranger's way: starts everything in an empty data folder, plays the demo with a stop in its
 * middle, drives the pages in a browser, measures them, stops, starts again, plays the demo again, and looks for
 * what is left behind.
 */
export const endToEnd: TestSuite = {
  name: 'end to end',
  group: 'e2e',
  report: 'e2e.xml',
  async run(context) {
    const { print, reports, run } = context;
    const options = {
      dataDir: mkdtempSync(join(tmpdir(), 'bailiwick-e2e-')),
      portBase,
    };
    const checks: CheckResult[] = [];
    const check = async (name: string, act: () => Promise<number>) => {
      const result = await timeCheck(name, async () =>
        exitFailure(await act()),
      );
      checks.push(result);
      return !result.failure;
    };
    const npm = (name: string, command: string, ...args: string[]) =>
      check(name, () =>
        run(
          process.execPath,
          [
            ...[script, command, '--data-dir', options.dataDir],
            ...['--port-base', String(options.portBase), ...args],
          ],
          { env: fewerCollections },
        ),
      );
    let left: string[] = [];
    let browser: Outcome = { ...noCounts, flaky: [] };
    try {
      if (await npm('npm start', 'start', '--detach')) {
        await npm(
          'the demo until the app is created',
          'demo',
          ...['--until', 'Bea creates an app from the template'],
        );
        await npm('npm stop in the middle of the demo', 'stop');
        await npm('npm start in the middle of the demo', 'start', '--detach');
        await npm(
          'npm run demo continues, with all archetypes',
          'demo',
          ...['--json', '--archetypes'],
        );
        const isThere = await check(`a Chromium at ${chromium}`, async () =>
          existsSync(chromium) ? 0 : 1,
        );
        if (isThere) browser = await driveBrowser(options, context);
        if (isThere && !context.pattern)
          checks.push(
            await smokeTest(context, 'pages', '--data-dir', options.dataDir),
          );
        await npm('npm stop', 'stop');
        await npm('npm start again', 'start', '--detach');
        await npm('npm run demo again', 'demo', '--json');
      }
    } finally {
      const footprint = footprintOf(options.dataDir, paths(options).cluster);
      await npm('npm run reset', 'reset');
      rmSync(options.dataDir, { recursive: true, force: true });
      left = await traces(footprint);
    }
    checks.push({
      name: 'nothing is left on the machine',
      ...(left.length > 0 && { failure: left.join(', ') }),
    });
    if (left.length > 0) print(`Left on the machine:\n${left.join('\n')}\n`);
    const own = writeJunit(join(reports, this.report), 'end to end', checks);
    return { ...browser, ...addCounts(own, browser) };
  },
};
