import type { IssuedGrant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

function withoutMarker(code: string): string {
  return `${code.split('\n\ndef marker(')[0].trimEnd()}\n`;
}

export function withMarker(code: string, marker: number): string {
  const before = withoutMarker(code);
  return `${before.trimEnd()}\n\n\ndef marker() -> int:\n    """Returns the number of the edit."""\n    return ${marker}\n`;
}

/**
 * Clones an app's repository, adds or changes the function `marker`, and pushes; returns its number.
 *
 * @param options - `takeAway` removes the function instead
 */
export async function editDraft(
  { address, token }: IssuedGrant,
  { takeAway = false } = {},
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-demo-'));
  const marker = Date.now();
  try {
    const url = new URL(address);
    url.username = 'bea';
    url.password = token;
    const git = (...args: string[]) =>
      run(
        'git',
        ['-c', 'user.name=Bea', '-c', 'user.email=bea@example.com', ...args],
        {
          env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
        },
      );
    await git('clone', '--quiet', url.href, folder);
    const file = join(folder, 'functions.py');
    const code = await readFile(file, 'utf8');
    await writeFile(
      file,
      takeAway ? withoutMarker(code) : withMarker(code, marker),
    );
    await git(
      '-C',
      folder,
      'commit',
      '--quiet',
      '--all',
      '--message',
      takeAway ? 'Remove the marker' : `Add marker ${marker}`,
    );
    await git('-C', folder, 'push', '--quiet', 'origin', 'HEAD:main');
    return marker;
  } catch (error) {
    // git's command line holds the token.
    throw new Error((error as Error).message.replaceAll(token, '…'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
