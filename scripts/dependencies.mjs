// Installs the repository's dependencies when they changed since the last time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from './toolchain.mjs';

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

/** Runs `yarn install`; its output goes to a log that an error names. */
export async function install(root, { node, yarn, env }) {
  mkdirSync(cacheDir, { recursive: true });
  const log = join(cacheDir, 'install.log');
  const output = createWriteStream(log);
  const child = spawn(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env,
  });
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (status !== 0) {
    const last = readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => /YN00(?!00|07|05|02|60|86)/.test(line));
    throw new Error(
      `The dependencies could not be installed:\n${last
        .slice(-10)
        .join('\n')}\nThe whole log is ${log}.`,
    );
  }
  writeFileSync(join(root, marker), wanted(root));
}
