import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CommandError } from '../CommandError';

const install =
  'Install restic 0.14 or later (https://restic.net): apt-get install restic, brew install restic.';

/** Result of a backup. */
export interface Snapshot {
  id: string;
  /** Bytes that were new in the repository. */
  addedBytes: number;
  totalBytes: number;
}

/**
 * A repository of restic, which encrypts, deduplicates and checks backups: a folder, or an address such as
 * `s3:https://s3.example.com/bucket/path`. The password is in `RESTIC_PASSWORD` or in the file of `RESTIC_PASSWORD_FILE`;
 * credentials of a store are in the variables that restic documents, such as `AWS_ACCESS_KEY_ID`.
 */
export class ResticRepository {
  readonly #location: string;

  /** @throws CommandError without a location or password */
  constructor(location = process.env.RESTIC_REPOSITORY) {
    if (!location)
      throw new CommandError(
        'The repository of the backups is missing.',
        'Set --repository to a folder or to s3:https://<host>/<bucket>/<path>, or set RESTIC_REPOSITORY.',
      );
    const { RESTIC_PASSWORD, RESTIC_PASSWORD_COMMAND, RESTIC_PASSWORD_FILE } =
      process.env;
    if (!RESTIC_PASSWORD && !RESTIC_PASSWORD_FILE && !RESTIC_PASSWORD_COMMAND)
      throw new CommandError(
        'The password that encrypts the backups is missing.',
        'Set RESTIC_PASSWORD_FILE to a file with a password, and keep a copy of it elsewhere: without it, nothing can be restored.',
      );
    this.#location = location;
  }

  /** Creates the repository unless it exists, and removes locks of interrupted backups. @throws CommandError if it cannot be reached */
  async prepare(): Promise<void> {
    try {
      await this.#run(['cat', 'config']);
      await this.#run(['unlock']);
    } catch (error) {
      // Its exit code means this only since 0.17.
      if (!/Is there a repository at/.test((error as Error).message))
        throw error;
      await this.#run(['init']);
    }
  }

  /** Saves the content of a folder as a new snapshot. @throws CommandError if restic fails */
  async save(folder: string): Promise<Snapshot> {
    const lines = await this.#run(
      ['backup', '.', '--json', '--host', 'bailiwick', '--tag', 'bailiwick'],
      folder,
    );
    const summary = JSON.parse(lines.trim().split('\n').at(-1)!);
    return {
      id: summary.snapshot_id,
      addedBytes: summary.data_added,
      totalBytes: summary.total_bytes_processed,
    };
  }

  /** Writes the content of a snapshot into a folder. @throws CommandError if restic fails */
  async restore(snapshot: string, folder: string): Promise<void> {
    await this.#run([
      ...['restore', snapshot, '--target', folder],
      ...['--host', 'bailiwick', '--tag', 'bailiwick'],
    ]);
  }

  /** Deletes snapshots that are older than some days. The newest one stays. */
  async forget(days: number): Promise<void> {
    await this.#run([
      ...['forget', '--prune', '--host', 'bailiwick', '--tag', 'bailiwick'],
      ...['--group-by', 'host', '--keep-last', '1'],
      ...['--keep-within', `${days}d`],
    ]);
  }

  /** Runs restic and returns its output. */
  async #run(args: string[], cwd?: string): Promise<string> {
    const child = spawn('restic', ['--repo', this.#location, ...args], {
      cwd,
      env: { ...process.env, RESTIC_PROGRESS_FPS: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('close', resolve);
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ENOENT'
            ? new CommandError('The program restic is missing.', install)
            : error,
        ),
      );
    });
    const [out, errors] = await output;
    if (code === 0) return out;
    throw new CommandError(
      `restic ${args[0]} failed: ${errors.trim() || out.trim()}`,
      'Check the address of the repository, its credentials and the password.',
    );
  }
}
