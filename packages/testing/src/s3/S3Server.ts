import { ensureS3Server } from '@bailiwick/backstage-local-cluster';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually';
import { endProcess } from '../process/endProcess';
import { freePort } from '../process/freePort';
import { listens } from '../process/listens';

/** A real S3 server (Versity S3 Gateway) with one bucket, whose objects are files of a folder. */
export class S3Server {
  readonly bucket = 'results';
  readonly accessKeyId = 'tests';
  readonly secretAccessKey = randomBytes(16).toString('hex');
  readonly host: string;
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(host: string, port: number, program: string) {
    this.host = host;
    this.port = port;
    this.#folder = mkdtempSync(join(tmpdir(), 's3-'));
    mkdirSync(join(this.#folder, this.bucket));
    this.#process = spawn(
      program,
      ['--port', `${host}:${port}`, '--quiet', 'posix', this.#folder],
      {
        stdio: 'ignore',
        env: {
          ROOT_ACCESS_KEY: this.accessKeyId,
          ROOT_SECRET_KEY: this.secretAccessKey,
        },
      },
    );
  }

  /** Starts a server on an address of this machine. @throws ClusterError when its program cannot be built */
  static async start(host: string): Promise<S3Server> {
    const program = await ensureS3Server({ report: () => {} });
    const server = new S3Server(host, await freePort(host), program);
    await eventually('The S3 server listens', () => listens(server.port, host));
    return server;
  }

  /** Paths of the objects below a prefix, relative to it. */
  objects(prefix: string): string[] {
    const folder = join(this.#folder, this.bucket, prefix);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  }

  /** Ends the server and deletes its objects. */
  async stop(): Promise<void> {
    await endProcess(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
