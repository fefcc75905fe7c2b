// Finds or fetches the Node and Yarn that this repository needs. No dependencies: it runs on any
// Node from version 20 on, before anything is installed.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';

const nodeVersion = '24.21.0';
const yarnVersion = '4.13.0';

/** Folder of everything that is fetched once for all clones; named by content. */
export const cacheDir = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'bailiwick',
);

/** Fetches packages into a folder once, however many processes want them at the same time. */
async function fetchPackages(folder, packages, say) {
  if (existsSync(folder)) return;
  await withLock(
    `${folder}.lock`,
    pid => say(`Waiting for another install (process ${pid})`),
    async () => {
      if (existsSync(folder)) return;
      say(`Fetching ${packages.join(' and ')}`);
      await npmInstall(folder, packages);
    },
  );
}

async function npmInstall(folder, packages) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{"private":true}');
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const child = spawn(
      npm,
      ['install', '--no-audit', '--no-fund', '--no-package-lock', ...packages],
      { cwd: draft, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', text => (complaints += text));
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(complaints.trim());
    renameSync(draft, folder);
  } catch (error) {
    throw new Error(
      `npm could not fetch ${packages.join(' and ')}: ${
        error.message
      }\nCheck that the npm registry is reachable (npm ping), then try again.`,
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The programs and the environment in which everything else runs. */
export async function toolchain(say = () => {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new Error(
      `Node ${process.version} is too old; install Node 20 or newer.`,
    );
  }
  const yarnDir = join(cacheDir, 'toolchain', `yarn-${yarnVersion}`);
  await fetchPackages(yarnDir, [`@yarnpkg/cli-dist@${yarnVersion}`], say);
  const yarn = join(yarnDir, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  if (major === 24 && minor >= 10) {
    return { node: process.execPath, yarn, env: process.env };
  }
  const nodeDir = join(cacheDir, 'toolchain', `node-${nodeVersion}`);
  await fetchPackages(nodeDir, [`node@${nodeVersion}`], say);
  const node = join(nodeDir, 'node_modules/node/bin/node');
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
  };
  // Native modules must be compiled against this Node's headers, not those of the machine's own.
  const headers = join(
    nodeDir,
    `node_modules/node/node_modules/node-${process.platform}-${process.arch}`,
  );
  if (existsSync(join(headers, 'include'))) env.npm_config_nodedir = headers;
  return { node, yarn, env };
}
