import { ensureGitea } from '@bailiwick/backstage-local-cluster';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../cluster/eventually';
import { Postgres } from '../postgres/Postgres';
import { endProcess } from '../process/endProcess';
import { freePort } from '../process/freePort';

const run = promisify(execFile);

/** Seconds for a start on a busy machine. */
const startSeconds = 60;

/** Characters of the log in an error. */
const lastLog = 1_000;

/** An account of the server; the token has all scopes, and git takes it as the password. */
export interface GiteaAccount {
  name: string;
  token: string;
}

/** A real Gitea on the loopback address, with its own PostgreSQL and repositories. */
export class Gitea {
  readonly url: string;
  /** File with the certificate, which nobody trusts; present when it serves HTTPS. */
  readonly certificate?: string;
  readonly #program: string;
  readonly #folder: string;
  readonly #database: Postgres;
  #process: ChildProcess | undefined;
  #admin!: GiteaAccount;

  private constructor(
    program: string,
    folder: string,
    database: Postgres,
    url: string,
  ) {
    this.#program = program;
    this.#folder = folder;
    this.#database = database;
    this.url = url;
    if (url.startsWith('https')) this.certificate = join(folder, 'cert.pem');
  }

  /**
   * Starts a server on a free port.
   *
   * @param options - `isEncrypted`: whether it serves HTTPS with a certificate of its own
   * @throws ClusterError when it cannot be built; Error with its log when it does not start, or with the remedy when
   * PostgreSQL is not installed
   */
  static async start({ isEncrypted = false } = {}): Promise<Gitea> {
    const { files, program } = await ensureGitea({ report: () => {} });
    const database = await Postgres.start(await freePort());
    const folder = mkdtempSync(join(tmpdir(), 'gitea-'));
    const protocol = isEncrypted ? 'https' : 'http';
    const url = `${protocol}://127.0.0.1:${await freePort()}`;
    const gitea = new Gitea(program, folder, database, url);
    try {
      mkdirSync(join(folder, 'data'));
      const settings = configuration(url, folder, files, database.url);
      writeFileSync(gitea.#config, settings);
      if (isEncrypted)
        await run(program, ['cert', '--host', '127.0.0.1'], { cwd: folder });
      await gitea.resume();
      gitea.#admin = await gitea.createAccount('root-admin', ['--admin']);
    } catch (error) {
      await gitea.stop();
      throw error;
    }
    return gitea;
  }

  /** Host and port. */
  get host(): string {
    return new URL(this.url).host;
  }

  /** Creates an account. @param options - of `gitea admin user create` */
  async createAccount(
    name: string,
    options: string[] = [],
  ): Promise<GiteaAccount> {
    const { stdout } = await this.#gitea(
      ...['admin', 'user', 'create', '--username', name, '--random-password'],
      ...['--email', `${name}@example.com`, '--must-change-password=false'],
      ...['--access-token', '--access-token-scopes', 'all', ...options],
    );
    const token = stdout.match(/created\.\.\. ([0-9a-f]{40})/)?.[1];
    if (!token) throw new Error(`Gitea created no token: ${stdout}`);
    return { name, token };
  }

  /**
   * Calls the REST API, by default as the administrator.
   *
   * @param path - below `/api/v1`
   * @throws Error with the response when the status is an error
   */
  async api<T = any>(
    method: string,
    path: string,
    body?: object,
    { token } = this.#admin,
  ): Promise<T> {
    const stdout = await this.#curl(
      ...['--request', method, '--write-out', '\n%{http_code}'],
      ...['--header', `authorization: token ${token}`],
      ...['--header', 'content-type: application/json'],
      ...(body ? ['--data', JSON.stringify(body)] : []),
      `${this.url}/api/v1${path}`,
    );
    const [, text, status] = stdout.match(/^([^]*)\n(\d+)$/) ?? [];
    if (!/^2/.test(status)) {
      const log = readFileSync(this.#log, 'utf8').slice(-lastLog);
      throw new Error(
        `Gitea answers ${status} to ${method} ${path}: ${text}\n${log}`,
      );
    }
    return text && JSON.parse(text);
  }

  /** Ends the server and keeps its data. */
  async pause(): Promise<void> {
    if (!this.#process) return;
    await endProcess(this.#process);
    this.#process = undefined;
  }

  /** Starts the server again, on the same port with the same data. */
  async resume(): Promise<void> {
    const log = openSync(this.#log, 'a');
    this.#process = spawn(
      this.#program,
      ['--work-path', this.#folder, '--config', this.#config, 'web'],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    const child = this.#process;
    await eventually(
      'Gitea responds',
      async () => {
        if (child.exitCode !== null)
          throw new Error(`Gitea ended: ${readFileSync(this.#log, 'utf8')}`);
        return this.#responds();
      },
      startSeconds,
    );
  }

  /** Ends the server and deletes its data. */
  async stop(): Promise<void> {
    await this.pause();
    await this.#database.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #config(): string {
    return join(this.#folder, 'app.ini');
  }

  get #log(): string {
    return join(this.#folder, 'gitea.log');
  }

  #gitea(...args: string[]) {
    const base = ['--work-path', this.#folder, '--config', this.#config];
    return run(this.#program, [...base, ...args]);
  }

  #responds(): Promise<boolean> {
    return this.#curl('--fail', `${this.url}/api/healthz`).then(
      () => true,
      () => false,
    );
  }

  /** Sends a request with curl: this process must not trust the certificate. */
  async #curl(...args: string[]): Promise<string> {
    const trust = this.certificate ? ['--cacert', this.certificate] : [];
    const options = ['--silent', '--show-error', '--noproxy', '*', ...trust];
    const { stdout } = await run('curl', [...options, ...args]);
    return stdout;
  }
}

/** Settings: https://docs.gitea.com/administration/config-cheat-sheet */
function configuration(
  url: string,
  folder: string,
  files: string,
  database: string,
): string {
  const { hostname, port, protocol } = new URL(url);
  const { host, pathname, username } = new URL(database);
  const secret = () => randomBytes(32).toString('hex');
  return `
RUN_MODE = prod
RUN_USER = ${process.env.USER ?? 'root'}
; Tests run as root in containers.
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true

[server]
STATIC_ROOT_PATH = ${files}
PROTOCOL = ${protocol.replace(':', '')}
HTTP_ADDR = ${hostname}
HTTP_PORT = ${port}
ROOT_URL = ${url}/
CERT_FILE = ${join(folder, 'cert.pem')}
KEY_FILE = ${join(folder, 'key.pem')}
DISABLE_SSH = true
OFFLINE_MODE = true

[database]
DB_TYPE = postgres
HOST = ${host}
NAME = ${pathname.slice(1)}
USER = ${username}
SSL_MODE = disable

[security]
INSTALL_LOCK = true
SECRET_KEY = ${secret()}
INTERNAL_TOKEN = ${secret()}
PASSWORD_HASH_ALGO = pbkdf2_v1

[webhook]
; Webhooks go to the portal under test.
ALLOWED_HOST_LIST = loopback

[log]
MODE = console
LEVEL = Warn
`;
}
