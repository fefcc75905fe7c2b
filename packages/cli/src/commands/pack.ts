import {
  compilePack,
  diffPacks,
  isAtLeast,
  lintPack,
  neededVersion,
  PackError,
  problemWords,
  testPack,
  type PackCheck,
} from '@bailiwick/backstage-domain-pack';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { CommandError } from '../CommandError';
import { applyPack } from '../pack/applyPack';
import { initPack } from '../pack/initPack';
import { runtime, virtualEnvironment } from '../python/virtualEnvironment';
import { paths } from '../stack/layout';
import { isRunning, readStackState } from '../stack/StackState';
import { parseFlags, stackOptions, type StackFlags } from './stackOptions';

interface Flags extends StackFlags {
  kubeconfig?: string;
  json?: boolean;
}

const verbs: Record<string, (folder: string, flags: Flags) => Promise<number>> =
  { init, lint, test, apply };

/** `bailiwick pack <verb> <folder>`: checks and installs domain packs. */
export async function pack(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<Flags>('pack', args);
  const [verb, folder, newer] = positionals;
  if (verb === 'diff' && newer) return diff(folder, newer, values);
  if (!folder || newer || !Object.hasOwn(verbs, verb)) {
    throw new CommandError(
      'What to do with which pack?',
      `Say: bailiwick pack ${Object.keys(verbs).join(
        '|',
      )} <folder>, or bailiwick pack diff <folder> <folder of the newer one>.`,
    );
  }
  return verbs[verb](folder, values);
}

/** Begins a pack. */
async function init(folder: string): Promise<number> {
  initPack(folder);
  const say = 'npm run bailiwick -- pack';
  process.stdout.write(
    `A pack is in ${folder}. Look at its pack.yaml, then say:\n  ${say} test ${folder}\n  ${say} apply ${folder}\n`,
  );
  return 0;
}

/** Says everything that is wrong with a pack. */
async function lint(folder: string, { json }: Flags): Promise<number> {
  const problems = lintPack(folder);
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
  else if (problems.length === 0) process.stdout.write('Nothing is wrong.\n');
  else process.stdout.write(`${problems.map(problemWords).join('\n')}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** Tries a pack without a cluster. */
async function test(folder: string, { json }: Flags): Promise<number> {
  const venv = await virtualEnvironment();
  const setup = {
    executable: join(venv, 'bin/python'),
    runtime: join(runtime, 'src'),
  };
  const tell = ({ archetype, failure, name }: PackCheck) => {
    const words = failure ? `\n${failure.replace(/^/gm, '    ')}` : '';
    process.stdout.write(
      `${failure ? '✘' : '✔'} ${archetype}: ${name}${words}\n`,
    );
  };
  const checks = await orRefuse(folder, () =>
    testPack(folder, setup, json ? undefined : tell),
  );
  const failed = checks.filter(({ failure }) => failure).length;
  process.stdout.write(
    json
      ? `${JSON.stringify({ checks })}\n`
      : `${checks.length - failed} passed, ${failed} failed\n`,
  );
  return failed > 0 ? 1 : 0;
}

/** Compares two versions of a pack, and says whether the newer one has the number that it needs. */
async function diff(
  folder: string,
  newer: string,
  { json }: Flags,
): Promise<number> {
  const before = await orRefuse(folder, () => compilePack(folder));
  const after = await orRefuse(newer, () => compilePack(newer));
  const changes = diffPacks(before, after);
  const needed = neededVersion(before.spec.version, changes);
  const { version } = after.spec;
  const isRight = !needed || isAtLeast(version, needed);
  const words = needed
    ? `It needs version ${needed} or later, and has ${version}.`
    : 'Nothing changed.';
  process.stdout.write(
    json
      ? `${JSON.stringify({ changes, needed, version, isRight })}\n`
      : [
          ...changes.map(({ level, what }) => `${level.padEnd(10)}${what}`),
          words,
          '',
        ].join('\n'),
  );
  return isRight ? 0 : 1;
}

/** Installs a pack that is right, or replaces its older version. */
async function apply(folder: string, flags: Flags): Promise<number> {
  const compiled = await orRefuse(folder, () => compilePack(folder));
  const client = KubeClient.fromKubeconfig({
    path: flags.kubeconfig ?? kubeconfigOfRunning(flags),
    context: flags.context,
    userAgent: 'bailiwick-pack',
  });
  try {
    await applyPack(client, compiled);
  } finally {
    await client.close();
  }
  process.stderr.write(
    `The pack ${compiled.metadata.name} ${compiled.spec.version} is installed.\n`,
  );
  return 0;
}

/** The kubeconfig of the Bailiwick that runs; of yours, its present context, when none does. */
function kubeconfigOfRunning(flags: Flags): string | undefined {
  if (flags.context) return undefined;
  const state = readStackState(paths(stackOptions(flags)).state);
  return isRunning(state) ? state.kubeconfig : undefined;
}

/** @throws CommandError with every problem of the pack */
async function orRefuse<T>(
  folder: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    throw new CommandError(
      `The pack in ${folder} cannot be used:\n${error.message}`,
      'Mend this and say it again.',
    );
  }
}
