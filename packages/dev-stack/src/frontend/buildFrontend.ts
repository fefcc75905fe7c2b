import { lastLines, withLock } from '@bailiwick/backstage-local-cluster';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';

const app = join(repositoryRoot, 'packages/app');
const lock = join(repositoryRoot, 'node_modules/.bailiwick-frontend.lock');
const marker = join(app, 'dist/.built-from');

function sources(): string {
  const hash = createHash('sha256');
  const files = globSync(
    [
      'yarn.lock',
      'packages/app/{package.json,src/**/*,public/**/*}',
      'plugins/{app-module-bailiwick,bailiwick,bailiwick-react,bailiwick-common}/{package.json,config.d.ts,src/**/*.{ts,tsx}}',
    ],
    { cwd: repositoryRoot, exclude: file => /\.test\.tsx?$/.test(file) },
  ).sort();
  for (const file of files) {
    if (!/\.[a-z]+$/.test(file)) continue;
    hash.update(file).update(readFileSync(join(repositoryRoot, file)));
  }
  return hash.digest('hex');
}

/** Whether the built frontend is that of the present sources. */
export function isFrontendBuilt(): boolean {
  return existsSync(marker) && readFileSync(marker, 'utf8') === sources();
}

/**
 * Builds the frontend unless it is built already, or another process builds it.
 *
 * @throws CommandError with the last lines
 */
export async function buildFrontend(
  log: string,
  signal: AbortSignal,
): Promise<void> {
  await withLock(
    lock,
    async () => {
      if (!isFrontendBuilt()) await build(log, signal);
    },
    { signal },
  );
}

async function build(log: string, signal: AbortSignal): Promise<void> {
  const wanted = sources();
  mkdirSync(dirname(log), { recursive: true });
  const output = createWriteStream(log);
  const child = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
      '--config',
      join(repositoryRoot, 'backstage.app-config.yaml'),
    ],
    {
      cwd: app,
      // The browsers to build for depend on NODE_ENV, which tests set to a value without any.
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
      signal,
    },
  );
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  child.on('error', () => {}); // told by its end
  const code = await new Promise(resolve => {
    child.on('close', resolve);
  });
  signal.throwIfAborted();
  if (code !== 0) {
    throw new CommandError(
      `The portal's pages could not be built:\n${lastLines(log, 15)}`,
      `The full log is in ${log}.`,
    );
  }
  writeFileSync(marker, wanted);
}
