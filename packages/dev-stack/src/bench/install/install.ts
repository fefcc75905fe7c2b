import {
  CommandError,
  repositoryRoot,
  runProgram,
} from '@bailiwick/backstage-cli';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { timed } from '../timed';
import { measureBackup } from './measureBackup';
import { measureChart } from './measureChart';

const run = promisify(execFile);
const isSmokeTest = process.env.BAILIWICK_BENCH_SMOKE === '1';
const size = isSmokeTest
  ? { tenants: 2, apps: 4 }
  : { tenants: 100, apps: 500 };
/** Characters that a command of the measured steps prints. */
const maxBuffer = 64 * 2 ** 20;

/** The most that each figure may be. */
const targets: Record<string, number> = {
  steps: 3,
  linesChanged: 25,
  helmInstallSeconds: 120,
  upgradeLostCalls: 0,
  upgradeRestartedApps: 0,
  lostPushes: 0,
};

/**
 * `install`: the effort to add Bailiwick to a portal, and the time to install, upgrade, save and restore it. A smoke test
 * only saves and restores a few objects; integration tests cover the other parts.
 */
export async function install(args: string[]): Promise<number> {
  if (args.length > 0)
    throw new CommandError(
      `Unknown option ${args[0]}.`,
      'The benchmark install has no options.',
    );
  const figures: Record<string, unknown> = {};
  const measure = async (what: string, part: () => Promise<object>) => {
    say(what);
    const measured = await part();
    // A later part can fail.
    say(JSON.stringify(measured));
    Object.assign(figures, measured);
  };
  await measure('Saving and restoring objects', () => measureBackup(size));
  if (!isSmokeTest) {
    await measure('Building images', imageSizes);
    await measure('Installing the chart', measureChart);
    await measure('Killing one of two portals', measurePortals);
    await measure(
      'Packing the packages, and installing them in a new portal',
      measurePackages,
    );
  }
  const missed = Object.entries(targets)
    .filter(([name, limit]) => !(Number(figures[name]) <= limit))
    .filter(([name]) => !isSmokeTest || name in figures)
    .map(([name, limit]) => `${name} ${figures[name]} > ${limit}`);
  const result = { load: loadavg()[0], ...figures, missed };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

async function imageSizes(): Promise<{ imageMiB: Record<string, number> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-images-'));
  try {
    const images = await lastLine('images', '--out', folder);
    const imageMiB = Object.fromEntries(
      Object.entries(images as Record<string, { mebibytes: number }>).map(
        ([name, { mebibytes }]) => [name, mebibytes],
      ),
    );
    return { imageMiB };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the test that kills a portal, which measures. */
async function measurePortals(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-portals-'));
  const file = join(folder, 'figures.json');
  try {
    const code = await runQuietly(
      ['test', 'integration', 'backend/src/twoPortals'],
      { BAILIWICK_FIGURES: file },
    );
    if (code !== 0)
      throw new CommandError(
        'The test of two portals failed.',
        'See the messages above.',
      );
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePackages(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-packages-'));
  try {
    const [code, packSeconds] = await timed(() =>
      runQuietly(['check-packages', '--out', folder]),
    );
    if (code !== 0)
      throw new CommandError(
        'The packages could not be packed.',
        'See the messages above.',
      );
    const effort = await lastLine(
      ...['check-packages', '--from', folder, '--portals'],
    );
    return { packSeconds, ...effort };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command with its output on the standard error, and returns its exit code. */
function runQuietly(
  args: string[],
  env?: Record<string, string>,
): Promise<number> {
  const command = [join(repositoryRoot, 'scripts/run.mjs'), ...args];
  const redirected = ['-c', 'exec "$@" >&2', 'sh', process.execPath];
  return runProgram('sh', [...redirected, ...command], { env });
}

/** Runs a command, and returns the JSON on its last line. */
async function lastLine(...args: string[]): Promise<object> {
  const { stdout } = await run(
    process.execPath,
    [join(repositoryRoot, 'scripts/run.mjs'), ...args],
    { maxBuffer },
  );
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
