import {
  exampleContext,
  renderArchetype,
} from '@bailiwick/backstage-domain-pack';
import {
  compilePack,
  lintPack,
  readTrials,
  testPack,
} from '@bailiwick/backstage-domain-pack/authoring';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import type { StackState } from '@bailiwick/backstage-cli';
import { packFolders } from '../packs/packFolders';
import {
  applyPack,
  initPack,
  pythonSetup,
} from '@bailiwick/backstage-cli/packs';
import { signIn } from '../portal/signIn';
import { readDataDir, runningStack, withPortal } from './withPortal';

const portBase = 17_207;
/** Whether it only has to work: the starter pack, one round. */
const isSmokeTest = process.env.BAILIWICK_BENCH_SMOKE === '1';
const rounds = isSmokeTest ? 1 : 5;
/** Milliseconds between two looks at the catalog. */
const interval = 25;
/** Milliseconds for which templates are rendered. */
const renderTime = isSmokeTest ? 100 : 2000;

/**
 * `packs`: checking, trying and rendering the packs of this repository, and the time from `pack apply` until the template
 * is in the catalog. Starts a stack of its own, or uses the running one of `--data-dir`.
 */
export async function packs(args: string[]): Promise<number> {
  const dataDir = readDataDir(args);
  const temporary = mkdtempSync(join(tmpdir(), 'bench-packs-'));
  const folders = isSmokeTest ? [join(temporary, 'starter')] : packFolders();
  if (isSmokeTest) initPack(folders[0]);
  const lint = folders.map(folder => median(() => void lintPack(folder)));
  const read = folders.map(folder => median(() => parseAll(folder)));
  say('Linted; now trying one pack');
  const setup = await pythonSetup();
  const begun = performance.now();
  await testPack(folders[0], async () => setup);
  const testMs = performance.now() - begun;
  say('Tried; now rendering');
  const renderPerSecond = renderRate(folders);
  rmSync(temporary, { recursive: true });
  say('Rendered; now applying packs');
  const visible = dataDir
    ? await templateTimes(runningStack(dataDir))
    : await withPortal({ portBase }, templateTimes);
  const result = {
    packs: folders.map(folder => basename(folder)),
    lintMs: rounded(Math.max(...lint)),
    lintToParse: rounded(sum(lint) / sum(read)),
    testMs: rounded(testMs),
    renderPerSecond: rounded(renderPerSecond),
    templateVisibleMs: rounded(Math.max(...visible)),
    templateVisibleP50Ms: rounded(visible[Math.floor(visible.length / 2)]),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

/** Archetypes rendered in a second, with the answers that their forms propose. */
function renderRate(folders: string[]): number {
  const all = folders.map(readTrials).flatMap(({ pack, trials }) =>
    trials.map(
      ({ answers, archetype }) =>
        () =>
          renderArchetype(archetype, exampleContext(pack, answers)),
    ),
  );
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < renderTime) {
    all[count % all.length]();
    count += 1;
  }
  return count / ((performance.now() - begun) / 1000);
}

/** Milliseconds from `pack apply` until the template is in the catalog, in order. */
async function templateTimes(state: StackState): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-packs-'));
  const client = KubeClient.fromKubeconfig({
    path: state.kubeconfig,
    userAgent: 'bailiwick-bench',
  });
  const person = await signIn(state.addresses.portal, 'bea');
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const name = `bench-${round}`;
      initPack(join(folder, name));
      const pack = compilePack(join(folder, name));
      const [archetype] = pack.spec.archetypes;
      const path = `/api/catalog/entities/by-name/template/default/${name}-${archetype.name}`;
      const begun = performance.now();
      await applyPack(client, pack);
      while ((await person.fetch(path)).status !== 200) await pause(interval);
      times.push(performance.now() - begun);
    }
  } finally {
    await client.close();
    rmSync(folder, { recursive: true });
  }
  return times.sort((one, other) => one - other);
}

/** Reads the YAML of a pack and nothing else, which any check has to do at least. */
function parseAll(folder: string): void {
  for (const file of globSync('**/*.yaml', { cwd: folder }))
    parse(readFileSync(join(folder, file), 'utf8'));
}

/** Milliseconds of the middle one of some runs. */
function median(run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  }).sort((one, other) => one - other);
  return times[Math.floor(rounds / 2)];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
