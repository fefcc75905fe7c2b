import {
  addresses,
  paths,
  readStackState,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { readState } from '@bailiwick/backstage-local-cluster';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
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
  type Counts,
  type Outcome,
  type SuiteContext,
  type TestSuite,
} from '../TestSuite';
import { smokeTest } from './benchmarks';
import { backupTest, runJest, withClusters } from './jest';

const portBase = 17_007;
/**
 * The data folder of commit cb84bfe after its demo: etcd, databases of the portal and repositories. Cached files of the
 * portal's pages were removed. Its tenant ends in November 2027.
 */
const savedFolder = join(import.meta.dirname, '../__fixtures__/cb84bfe.tar.br');
const script = join(repositoryRoot, 'scripts/run.mjs');
const playwright = join(repositoryRoot, 'node_modules/@playwright/test/cli.js');
const browserReport = 'browser.xml';
const backupReport = 'backup.xml';
const chromium = findChromium();
const upgradedStart = 'npm start on the data of an earlier version';
const demoAgain = 'npm run demo again';

/** Drives the pages of a running Bailiwick in a browser. */
async function driveBrowser(
  options: StackOptions,
  context: SuiteContext,
): Promise<Outcome> {
  const { pattern, reports, run } = context;
  const python = join(await virtualEnvironment(), 'bin/python');
  const drive = (report: string, ...files: string[]) =>
    run(process.execPath, [playwright, 'test', ...files], {
      env: {
        PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(reports, report),
        CHROMIUM: chromium,
        BAILIWICK_PORTAL_URL: addresses(options).portal,
        BAILIWICK_GATEWAY_URL: addresses(options).gateway,
        BAILIWICK_PYTHON: python,
        BAILIWICK_KUBECTL:
          readState(paths(options).clusterState)?.kubectl ?? 'kubectl',
        BAILIWICK_ADMIN_KUBECONFIG:
          readStackState(paths(options).state)?.kubeconfig ?? '',
      },
    });
  const code = await drive(browserReport, ...(pattern ? [pattern] : []));
  const counts = countRun(join(reports, browserReport), code);
  // In a folder of its own, so that the pictures of the first failure stay.
  const output = join(reports, 'browser-again');
  return rerunFailed(browserReport, counts, context, (file, report) =>
    drive(report, file, '--output', output),
  );
}

/** Saves a running Bailiwick, deletes it, and restores it; it runs afterwards. */
async function loseAndRestore(
  dataDir: string,
  context: SuiteContext,
): Promise<Counts> {
  const code = await runJest(
    backupReport,
    context,
    ['--runTestsByPath', backupTest],
    {
      ...withClusters,
      BAILIWICK_TEST_DATA_DIR: dataDir,
      BAILIWICK_TEST_PORT_BASE: String(portBase),
    },
  );
  return countRun(join(context.reports, backupReport), code);
}

/** Checks of the suite, each of them one command of a user. */
class Commands {
  readonly checks: CheckResult[] = [];
  readonly #context: SuiteContext;

  constructor(context: SuiteContext) {
    this.#context = context;
  }

  async check(name: string, act: () => Promise<number>): Promise<boolean> {
    const result = await timeCheck(name, async () => exitFailure(await act()));
    this.checks.push(result);
    return !result.failure;
  }

  /** Counts checks as skipped. */
  skip(...names: string[]): void {
    this.#context.print(`Skipped, because it is late: ${names.join(', ')}\n`);
    this.checks.push(...names.map(name => ({ name, isSkipped: true })));
  }

  /** Runs an npm script on a data folder. */
  npm(name: string, dataDir: string, command: string, ...args: string[]) {
    return this.check(name, () =>
      this.#context.run(
        process.execPath,
        [
          ...[script, command, '--data-dir', dataDir],
          ...['--port-base', String(portBase), ...args],
        ],
        { env: fewerCollections },
      ),
    );
  }

  /** Deletes a data folder with its Bailiwick, and checks that nothing of it is left on the machine. */
  async reset(dataDir: string): Promise<void> {
    const footprint = footprintOf(
      dataDir,
      paths({ dataDir, portBase }).cluster,
    );
    await this.npm('npm run reset', dataDir, 'reset');
    rmSync(dataDir, { recursive: true, force: true });
    const left = await traces(footprint);
    this.checks.push({
      name: 'nothing is left on the machine',
      ...(left.length > 0 && { failure: left.join(', ') }),
    });
    if (left.length > 0)
      this.#context.print(`Left on the machine:\n${left.join('\n')}\n`);
  }
}

/**
 * The path of a new user: starts everything in an empty data folder, plays the demo with a stop in its middle, drives the
 * pages in a browser, measures them, saves and deletes everything, restores it, and deletes it again. Then starts on the
 * data of an earlier version, plays the demo again, and deletes everything.
 */
export const endToEnd: TestSuite = {
  name: 'end to end',
  group: 'e2e',
  report: 'e2e.xml',
  async run(context) {
    const { pattern, reports } = context;
    const newFolder = () => mkdtempSync(join(tmpdir(), 'bailiwick-e2e-'));
    const commands = new Commands(context);
    let browser: Outcome = { ...noCounts, flaky: [] };
    let backup = noCounts;
    const dataDir = newFolder();
    const npm = (name: string, command: string, ...args: string[]) =>
      commands.npm(name, dataDir, command, ...args);
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
        const isThere = await commands.check(
          `a Chromium at ${chromium}`,
          async () => (existsSync(chromium) ? 0 : 1),
        );
        if (isThere)
          browser = await driveBrowser({ dataDir, portBase }, context);
        const needStack = pattern
          ? []
          : ['packs', ...(isThere ? ['functions', 'pages'] : [])];
        for (const name of needStack)
          commands.checks.push(
            await smokeTest(context, name, '--data-dir', dataDir),
          );
        if (!pattern && context.isLate(1))
          commands.skip('backup, loss and restore');
        else if (!pattern) backup = await loseAndRestore(dataDir, context);
      }
    } finally {
      await commands.reset(dataDir);
    }
    if (!pattern && context.isLate(1)) commands.skip(upgradedStart, demoAgain);
    else if (!pattern) await upgrade(commands, newFolder());
    const own = writeJunit(
      join(reports, this.report),
      'end to end',
      commands.checks,
    );
    return { ...browser, ...addCounts(addCounts(own, browser), backup) };
  },
};

/** Starts on the data of an earlier version, and plays the demo again. */
async function upgrade(commands: Commands, dataDir: string): Promise<void> {
  try {
    execFileSync('tar', ['-x', '-C', dataDir], {
      input: brotliDecompressSync(readFileSync(savedFolder)),
    });
    if (await commands.npm(upgradedStart, dataDir, ...['start', '--detach']))
      await commands.npm(demoAgain, dataDir, 'demo', '--json');
  } finally {
    await commands.reset(dataDir);
  }
}
