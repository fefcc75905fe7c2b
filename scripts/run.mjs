// Entry of all npm scripts: gets the right Node and Yarn, installs what changed, and runs the
// `bailiwick` command (packages/cli) or Yarn itself. Works with plain npm on Node 20 and newer.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './dependencies.mjs';
import { toolchain } from './toolchain.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const started = Date.now();
/** Commands that run with whatever is installed. */
const justLooking = ['stop', 'status', 'reset', 'doctor'];

function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/** Starts a program in the foreground and passes signals on; gives its exit code. */
async function foreground(node, args_, env) {
  const child = spawn(node, args_, { cwd: root, env, stdio: 'inherit' });
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

async function main() {
  const tools = toolchain(say);
  const { env, node, yarn } = tools;
  if (command === 'yarn') return foreground(node, [yarn, ...args], env);

  const loader = join(root, 'scripts/typescript.mjs');
  const clusterProgram = join(
    root,
    'packages/local-cluster/bin/bailiwick-cluster.mjs',
  );
  if (command === 'cluster')
    return foreground(node, [clusterProgram, ...args], env);

  let cluster;
  if (!isInstalled(root, { exactly: !justLooking.includes(command) })) {
    // What the cluster needs is built while the dependencies arrive; both take their time.
    if (command === 'start' && !args.includes('--context')) {
      cluster = spawn(node, ['--import', loader, clusterProgram, 'prepare'], {
        cwd: root,
        env,
        stdio: 'ignore',
        detached: false,
      });
      cluster.on('error', () => {});
    }
    say('Installing dependencies (about 2,900 packages)');
    await install(root, tools);
    say('Dependencies are installed');
  }
  return foreground(
    node,
    [
      '--import',
      loader,
      join(root, 'packages/cli/src/main.ts'),
      command,
      ...args,
    ],
    { ...env, BAILIWICK_STARTED: String(started), BAILIWICK_YARN: yarn },
  ).finally(() => cluster?.kill());
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
