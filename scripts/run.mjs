// Entry of all npm scripts: gets the right Node and Yarn, installs what changed, and runs the
// `bailiwick` command (packages/dev-stack) or Yarn itself. Works with plain npm on Node 20 and newer.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, findCommand } from './commandLine.mjs';
import { install, isInstalled } from './dependencies.mjs';
import { toolchain } from './toolchain.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const started = Date.now();
let said = '';
/** Commands that run with whatever is installed. */
const justLooking = ['stop', 'status', 'reset'];
/** Folder that relative paths on the command line mean; npm itself goes to the root. */
const calledFrom =
  process.cwd() === root ? process.env.INIT_CWD || root : process.cwd();

/** Tells it with its time, once: several locks may wait for the same process. */
function say(text) {
  if (text === said) return;
  said = text;
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/** Starts a program in the foreground and passes signals on; gives its exit code. */
async function foreground(node, args_, env, cwd = calledFrom) {
  const child = spawn(node, args_, { cwd, env, stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child too; without one the signal comes only here.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...ended) => resolve(ended));
  });
  return code ?? (signal === 'SIGINT' ? 130 : 1);
}

/** Whether a command starts clusters of its own, whose programs may have to be built. */
function startsClusters() {
  if (command === 'start') return !args.includes('--context');
  return (
    command === 'test' && !/^(lint|types|unit|examples|changed)$/.test(args[0])
  );
}

/**
 * Builds the programs of a cluster in the background, at the lowest priority: people look at the portal before anything
 * runs in the cluster. It has a session of its own, because Linux shares processors between sessions first (autogroups,
 * sched(7)).
 */
function prepareCluster(tools, cluster) {
  const child = spawn(tools.node, [cluster, 'prepare'], {
    cwd: root,
    env: tools.env,
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  const lowest = constants.priority.PRIORITY_LOW;
  try {
    setPriority(child.pid, lowest);
    writeFileSync(`/proc/${child.pid}/autogroup`, String(lowest));
  } catch {
    // It only competes more with the portal; the file is there on Linux only.
  }
  return () => {
    try {
      process.kill(-child.pid);
    } catch {
      // It ended before.
    }
  };
}

/**
 * Installs what changed. Meanwhile the programs of a cluster are built, because both take minutes.
 *
 * @returns what ends that build, when there is one
 */
async function installWhatChanged(tools, cluster) {
  const isThere = isInstalled(root, {
    exactly: !justLooking.includes(command),
  });
  if (isThere || findCommand(command).bare) return undefined;
  const stopPreparing = startsClusters()
    ? prepareCluster(tools, cluster)
    : undefined;
  try {
    await install(root, tools, say);
  } catch (error) {
    stopPreparing?.();
    throw error;
  }
  return stopPreparing;
}

async function main() {
  const help = check([command, ...args].filter(each => each !== undefined));
  if (help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const tools = await toolchain(say);
  const { env, node, yarn } = tools;
  if (command === 'yarn') return foreground(node, [yarn, ...args], env, root);

  const withTypes = ['--import', join(root, 'scripts/typescript.mjs')];
  const cluster = join(
    root,
    'packages/local-cluster/bin/bailiwick-cluster.mjs',
  );
  if (command === 'cluster') return foreground(node, [cluster, ...args], env);

  const stopPreparing = await installWhatChanged(tools, cluster);
  return foreground(
    node,
    [
      ...withTypes,
      join(root, 'packages/dev-stack/src/main.ts'),
      command,
      ...args,
    ],
    { ...env, BAILIWICK_STARTED: String(started), BAILIWICK_YARN: yarn },
  ).finally(() => stopPreparing?.());
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
