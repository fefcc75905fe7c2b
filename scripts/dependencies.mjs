// Installs the repository's dependencies when they changed since the last time.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheDir } from './toolchain.mjs';

/** Without these Yarn would go on alone, and the lock would count as nobody's. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Milliseconds after which it is said that the installation still goes on. */
const progressMs = 20_000;
const marker = 'node_modules/.bailiwick-installed';

function wanted(root) {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', 'package.json', '.yarnrc.yml']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Whether the dependencies are there, those of the present yarn.lock when `exactly` is asked. */
export function isInstalled(root, { exactly }) {
  const file = join(root, marker);
  if (!existsSync(file)) return false;
  return !exactly || readFileSync(file, 'utf8') === wanted(root);
}

/**
 * Runs `yarn install`, unless another process is at it: then this one waits and finds it done.
 * Yarn's output goes to a log that an error names.
 */
export async function install(root, tools, say) {
  await withLock(
    join(root, '.yarn/bailiwick-install.lock'),
    pid => say(`Waiting for another install (process ${pid})`),
    async () => {
      if (isInstalled(root, { exactly: true })) return;
      say('Installing dependencies (about 2,900 packages)');
      await yarnInstall(root, tools, say).catch(async error => {
        if (error.wasInterrupted || !installCompiler(say)) throw error;
        await yarnInstall(root, tools, say);
      });
    },
  );
  say('Dependencies are installed');
}

/** What compiling needs where no ready-made program can be fetched; also the Debian packages. */
const compiler = ['make', 'g++', 'python3'];

function missingTools() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return compiler.filter(
    name => !folders.some(folder => existsSync(join(folder, name))),
  );
}

function aptGet(...args) {
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', options, { stdio: 'ignore', env }).status === 0;
}

/** Installs what compiling needs; false when nothing was missing or it cannot be done here. */
function installCompiler(say) {
  const missing = missingTools();
  if (missing.length === 0 || process.getuid?.() !== 0) return false;
  say(`Installing ${missing.join(' ')}, which a dependency is compiled with`);
  const packages = ['install', '-y', '--no-install-recommends', ...missing];
  return aptGet(...packages) || (aptGet('update') && aptGet(...packages));
}

async function yarnInstall(root, { node, yarn, env }, say) {
  mkdirSync(cacheDir, { recursive: true });
  const clone = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const log = join(cacheDir, `install-${clone}.log`);
  const output = createWriteStream(log);
  const child = spawn(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env,
  });
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const started = Date.now();
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`Installing dependencies – ${seconds} s so far`);
  }, progressMs);
  const stop = signal => child.kill(signal);
  for (const signal of signals) process.on(signal, stop);
  const [status, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...ended) => resolve(ended));
  });
  clearInterval(progress);
  for (const each of signals) process.off(each, stop);
  if (signal) {
    throw Object.assign(
      new Error(
        'The installation was interrupted; the next command continues it.',
      ),
      { wasInterrupted: true },
    );
  }
  if (status !== 0) {
    const last = readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => /YN00(?!00|07|05|02|60|86)/.test(line));
    throw new Error(
      `The dependencies could not be installed:\n${last
        .slice(-10)
        .join('\n')}\nThe whole log is ${log}.${remedy()}`,
    );
  }
  writeFileSync(join(root, marker), wanted(root));
}

function remedy() {
  const missing = missingTools().join(' ');
  return missing
    ? `\nCompiling needs ${missing}: install them (Debian: apt-get install ${missing}), then try again.`
    : '';
}
