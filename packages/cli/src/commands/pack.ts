import {
  buildLayout,
  changeLine,
  comparePacks,
  compilePack,
  FullFolderError,
  lintWithPython,
  PackError,
  formatPackProblem,
} from '@bailiwick/backstage-domain-pack/authoring';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CommandError } from '../CommandError';
import { applyPack } from '../pack/applyPack';
import { importForm, formatImport, writeImported } from '../pack/importForm';
import { initPack } from '../pack/initPack';
import { readKey } from '../pack/readKey';
import { placeOf, readPack } from '../pack/readPack';
import { removePack } from '../pack/removePack';
import { replacementOf } from '../pack/replacementOf';
import { formatComparison } from '../pack/formatComparison';
import { staleTestsMessage, tryPack } from '../pack/tryPack';
import { knownPython } from '../python/virtualEnvironment';
import { paths } from '../installation/layout';
import { isRunning, readStackState } from '../installation/StackState';
import {
  parseFlags,
  stackOptions,
  type StackFlags,
} from '../installation/readFlags';

interface Flags extends StackFlags {
  kubeconfig?: string;
  json?: boolean;
  into?: string;
  print?: boolean;
  update?: boolean;
  previous?: string;
  output?: string;
  sign?: string;
  verify?: string;
  force?: boolean;
}

const verbs: Record<string, (folder: string, flags: Flags) => Promise<number>> =
  { init, import: importInto, lint, test, build, apply, remove };

/** Names the key by which every pack has to be signed that is installed from here. */
const siteKey = 'BAILIWICK_PACK_KEY';

/** Argument of each verb, if it is not the folder of a pack. */
const places: Record<string, string> = {
  import: 'schema file',
  remove: 'name of the pack',
};

/** Options that mean something to some verbs only. */
const verbOf = {
  into: 'import',
  print: 'import',
  update: 'test',
  previous: 'test',
  output: 'build',
  sign: 'build',
  verify: 'apply',
  force: 'apply|remove',
} as const;

/** `bailiwick pack <verb> <folder>`: checks and installs domain packs. */
export async function pack(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<Flags>('pack', args);
  const [verb, folder, newer] = positionals;
  refuseStrangeOptions(verb, values);
  if (verb === 'diff' && newer) return diff(folder, newer, values);
  if (!folder || newer || !Object.hasOwn(verbs, verb)) {
    const known = Object.hasOwn(verbs, verb) && !newer;
    throw new CommandError(
      known ? `The pack to ${verb} is missing.` : 'The subcommand is missing.',
      known
        ? `Run: bailiwick pack ${verb} <${places[verb] ?? 'folder'}>.`
        : `Run: bailiwick pack ${Object.keys(verbs).join(
            '|',
          )} <folder>, or bailiwick pack diff <folder> <folder of the newer pack>.`,
    );
  }
  return verbs[verb](folder, values);
}

/** Rejects unknown options, because a person may rely on an ignored one. */
function refuseStrangeOptions(verb: string, flags: Flags): void {
  for (const [option, of] of Object.entries(verbOf))
    if (Object.hasOwn(flags, option) && !of.split('|').includes(verb))
      throw new CommandError(
        `--${option} is not an option of bailiwick pack${
          verb ? ` ${verb}` : ''
        }.`,
        `It is an option of: bailiwick pack ${of.replace('|', ', ')}.`,
      );
}

/** Begins a pack. */
async function init(folder: string): Promise<number> {
  initPack(folder);
  const say = 'npm run bailiwick -- pack';
  process.stdout.write(
    `Created a pack in ${folder}. Edit its pack.yaml, then run:\n  ${say} test ${folder}\n  ${say} apply ${folder}\n`,
  );
  return 0;
}

/** Imports a schema as the form of an archetype; reports the parts that are not imported on stderr. */
async function importInto(
  schema: string,
  { into, json, print }: Flags,
): Promise<number> {
  if (!into || (json && print))
    throw new CommandError(
      into
        ? "--json and --print can't be combined."
        : 'The archetype of the form is missing.',
      'Run: bailiwick pack import <schema file> --into <folder of an archetype>, optionally with --print or --json.',
    );
  const imported = await orRefuse(
    `The form of ${schema} can't be imported`,
    () => importForm(schema, into),
  );
  const { text, ...report } = imported;
  if (print) process.stdout.write(text);
  else writeImported(imported);
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stderr.write(formatImport(imported));
  return 0;
}

/** Reports all problems of a pack. */
async function lint(folder: string, { json }: Flags): Promise<number> {
  const problems = lintWithPython(folder, knownPython());
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
  else if (problems.length === 0) process.stdout.write('No problems found.\n');
  else process.stdout.write(`${problems.map(formatPackProblem).join('\n')}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** Tests a pack without a cluster, and writes the results. */
async function test(folder: string, flags: Flags): Promise<number> {
  return orRefuse(unusable(folder), () => tryPack(folder, flags));
}

/** Compares two versions of a pack, and reports whether the version number of the newer one is high enough. */
async function diff(
  folder: string,
  newer: string,
  { json }: Flags,
): Promise<number> {
  const before = await orRefuse(unusable(folder), () => compilePack(folder));
  const after = await orRefuse(unusable(newer), () => compilePack(newer));
  const { changes, isRight, needed } = comparePacks(before, after);
  const { version } = after.spec;
  process.stdout.write(
    json
      ? `${JSON.stringify({ changes, needed, version, isRight })}\n`
      : [
          ...changes.map(changeLine),
          formatComparison(version, { isRight, needed }),
          '',
        ].join('\n'),
  );
  return isRight ? 0 : 1;
}

/** Builds an OCI layout of a pack, and prints its digest. */
async function build(
  folder: string,
  { json, output, sign }: Flags,
): Promise<number> {
  if (!output)
    throw new CommandError(
      'The output folder is missing.',
      'Run: bailiwick pack build <folder> --output <new folder>.',
    );
  const built = await orRefuse(unusable(folder), () =>
    buildLayout(folder, output, readKey(sign)),
  );
  process.stderr.write(staleTestsMessage(folder));
  process.stdout.write(`${json ? JSON.stringify(built) : built.digest}\n`);
  return 0;
}

/** Installs a pack that is right, from its folder or a layout, or replaces another version of it. */
async function apply(folder: string, flags: Flags): Promise<number> {
  const compiled = await orRefuse(unusable(folder), async () => {
    // What the site wants is wanted besides.
    const own = readKey(process.env[siteKey] || undefined);
    const asked = readKey(flags.verify);
    const read = await readPack(folder, asked ?? own);
    if (!own || !asked) return read;
    // Read by its digest, it is the same.
    const digest = read.metadata.annotations?.[annotations.packDigest];
    return readPack(`${placeOf(folder).folder}@${digest}`, own);
  });
  const { annotations: noted, name } = compiled.metadata;
  await onCluster(flags, async client => {
    process.stderr.write(staleTestsMessage(folder));
    const { refusal, words } = await replacementOf(client, compiled);
    process.stderr.write(words);
    if (refusal && !flags.force) throw refusal;
    const kept = await applyPack(client, compiled);
    if (kept)
      process.stderr.write(
        `${name} ${kept} is kept for its apps and releases.\n`,
      );
  });
  const digest = noted?.[annotations.packDigest];
  process.stderr.write(
    `Installed pack ${name} ${compiled.spec.version}${
      digest ? ` from ${digest}` : ''
    }.\n`,
  );
  return 0;
}

/** Removes a pack by name. */
async function remove(name: string, flags: Flags): Promise<number> {
  const version = await onCluster(flags, client =>
    removePack(client, name, flags),
  );
  process.stderr.write(`Removed pack ${name} ${version}.\n`);
  return 0;
}

/** Works with the cluster that is named, or the one of the Bailiwick that runs. */
async function onCluster<T>(
  flags: Flags,
  work: (client: KubeClient) => Promise<T>,
): Promise<T> {
  const path = flags.kubeconfig ?? kubeconfigOfRunning(flags);
  const client = KubeClient.fromKubeconfig({
    path,
    context: flags.context,
    userAgent: 'bailiwick-pack',
  });
  if (!path && !flags.context)
    process.stderr.write(
      `No Bailiwick is running here; using the cluster of your kubeconfig, ${client.server}.\n`,
    );
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/**
 * Returns the kubeconfig of the running installation, otherwise yours with its current context.
 *
 * @throws CommandError if the named installation is not running, because another cluster was not intended
 */
function kubeconfigOfRunning(flags: Flags): string | undefined {
  if (flags.context) return undefined;
  const state = readStackState(paths(stackOptions(flags)).state);
  if (isRunning(state)) return state.kubeconfig;
  const named = flags['data-dir'];
  if (named)
    throw new CommandError(
      `No Bailiwick is running with data folder ${named}; nothing was changed.`,
      'Start it (npm start -- --data-dir …), correct the folder, or name a cluster: --kubeconfig or --context.',
    );
  return undefined;
}

function unusable(folder: string): string {
  return `The pack in ${folder} is invalid`;
}

/** @throws CommandError with all problems of the pack, or if the output has no place */
async function orRefuse<T>(
  what: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FullFolderError)
      throw new CommandError(
        `${error.folder} is not empty; nothing was written.`,
        'Choose a new folder with --output, or empty this one first.',
      );
    if (!(error instanceof PackError)) throw error;
    throw new CommandError(
      `${what}:\n${error.message}`,
      'Fix the problem and run the command again.',
    );
  }
}
