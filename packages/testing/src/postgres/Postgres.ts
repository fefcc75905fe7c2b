import {
  execFile,
  execFileSync,
  spawn,
  type ChildProcess,
} from 'node:child_process';
import {
  chownSync,
  closeSync,
  globSync,
  mkdtempSync,
  openSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../cluster/eventually';
import { endProcess } from '../process/endProcess';
import { listens } from '../process/listens';

const run = promisify(execFile);
const user = 'bailiwick';

/** A real PostgreSQL on the loopback address, with an empty database. */
export class Postgres {
  /** Address with user and database. */
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = process;
  }

  /**
   * Starts a server on a port.
   *
   * @throws Error with the remedy when PostgreSQL is not installed, and when the server does not start
   */
  static async start(port: number): Promise<Postgres> {
    const programs = findPrograms();
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    const owner = ownerOf(folder);
    const data = join(folder, 'data');
    await run(
      join(programs, 'initdb'),
      [
        ...['--pgdata', data, '--username', user, '--auth=trust'],
        ...['--encoding=UTF8', '--locale=C', '--no-sync'],
      ],
      owner,
    );
    const log = openSync(join(folder, 'log'), 'w');
    const child = spawn(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-p', String(port), '-k', folder, '-c', 'fsync=off'],
        ...['-c', 'listen_addresses=127.0.0.1'],
      ],
      { ...owner, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    const url = `postgresql://${user}@127.0.0.1:${port}/postgres`;
    const server = new Postgres(url, folder, child);
    try {
      await eventually('PostgreSQL is ready', () => listens(port));
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Ends the server and deletes its data. */
  async stop(): Promise<void> {
    // Ends without waiting for clients (pg_ctl, mode "fast").
    await endProcess(this.#process, 'SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Returns the folder of the newest server; Debian keeps its programs out of the path. */
function findPrograms(): string {
  const inPath = (process.env.PATH ?? '')
    .split(':')
    .map(folder => join(folder, 'initdb'));
  const [found] = [
    ...globSync('/usr/lib/postgresql/*/bin/initdb').sort().reverse(),
    ...inPath.flatMap(file => globSync(file)),
  ];
  if (!found)
    throw new Error(
      'This test needs PostgreSQL. Install it, such as with "apt-get install postgresql"',
    );
  return dirname(found);
}

/** PostgreSQL refuses to run as root. Gives the folder to another user then, and returns its ids. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map(option =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' })),
  );
  chownSync(folder, uid, gid);
  return { uid, gid };
}
