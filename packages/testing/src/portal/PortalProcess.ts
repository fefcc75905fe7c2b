import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually';
import { endProcess } from '../process/endProcess';

const root = join(import.meta.dirname, '../../../..');
const nowhere = 'http://127.0.0.1:1';
/** Seconds for a start on a busy machine, after that of another portal on the same database. */
const startSeconds = 360;

/** Settings of a portal in a test. */
export interface PortalProcessOptions {
  port: number;
  /** Kubeconfig of the portal's identity. */
  kubeconfig: string;
  /** Metadata of the OpenID provider. */
  metadataUrl: string;
  client: { id: string; secret: string };
  /** Settings besides. */
  config?: object;
  /** What the portals of one installation share; by default the portal is alone. */
  shared?: {
    /** Address of all portals in the browser. */
    url: string;
    /** Address of a PostgreSQL database. */
    database: string;
    /** Folder of the repositories and of tasks. */
    folder: string;
  };
}

/** The portal as it runs in production, without pages. Alone, it has SQLite in a temporary folder. */
export class PortalProcess {
  /** Address of this portal. */
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = process;
  }

  /** Starts a portal. @throws Error with the end of its log if it ends or does not become ready */
  static async start(options: PortalProcessOptions): Promise<PortalProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'portal-'));
    const config = join(folder, 'test.yaml');
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(settings(options, folder)));
    const log = openSync(join(folder, 'log'), 'w');
    const url = `http://localhost:${options.port}`;
    const child = spawn(
      process.execPath,
      [
        ...['--import', join(root, 'scripts/typescript.mjs')],
        join(root, 'packages/backend/src/index.ts'),
        ...['--config', join(root, 'backstage.app-config.yaml')],
        ...['--config', join(root, 'backstage.app-config.production.yaml')],
        ...['--config', config],
      ],
      {
        cwd: root,
        env: { ...process.env, ...variables(options, url, folder) },
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    const portal = new PortalProcess(url, folder, child);
    try {
      await portal.#untilReady();
    } catch (error) {
      const end = portal.log().slice(-3_000);
      await portal.stop();
      throw new Error(`${(error as Error).message}\n${end}`);
    }
    return portal;
  }

  /** Everything that was logged. */
  log(): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8');
  }

  /** Calls a path with a person's token, on its own connection. */
  call(path: string, token: string, init: RequestInit = {}): Promise<Response> {
    const authorization = `Bearer ${token}`;
    return fetch(this.url + path, {
      ...init,
      headers: { ...init.headers, authorization, connection: 'close' },
    });
  }

  /** Kills the portal without a chance to finish anything. */
  async kill(): Promise<void> {
    await endProcess(this.#process, 'SIGKILL');
  }

  /** Ends the portal and deletes its data. */
  async stop(): Promise<void> {
    await endProcess(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    let hasEnded = false;
    this.#process.once('exit', () => (hasEnded = true));
    const health = `${this.url}/.backstage/health/v1/readiness`;
    await eventually(
      'The portal is ready',
      async () => hasEnded || (await fetch(health)).ok,
      startSeconds,
    );
    if (hasEnded) throw new Error('The portal ended');
  }
}

function settings(
  { config, port, shared }: PortalProcessOptions,
  folder: string,
) {
  const alone = {
    client: 'better-sqlite3',
    connection: { directory: join(folder, 'database') },
    pluginDivisionMode: null,
  };
  return {
    ...config,
    // A package without pages: another test may be building those of the portal.
    app: { packageName: '@bailiwick/backstage-testing' },
    backend: {
      listen: { host: '127.0.0.1', port },
      ...(shared ? { workingDirectory: shared.folder } : { database: alone }),
    },
    bailiwick: {
      docs: { path: 'docs' },
      git: { directory: join(shared?.folder ?? folder, 'git') },
      kubernetes: { stateFile: null },
      workspaces: null,
    },
  };
}

function variables(
  { client, kubeconfig, metadataUrl, port, shared }: PortalProcessOptions,
  url: string,
  folder: string,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    BAILIWICK_ROOT: root,
    BAILIWICK_DATA_DIR: folder,
    BAILIWICK_PORTAL_URL: shared?.url ?? url,
    BAILIWICK_PORTAL_PORT: String(port),
    BAILIWICK_GATEWAY_URL: nowhere,
    BAILIWICK_GATEWAY_METRICS_URL: nowhere,
    BAILIWICK_BACKEND_SECRET: 'a secret that protects nothing',
    BAILIWICK_PORTAL_KUBECONFIG: kubeconfig,
    ...(shared && { BAILIWICK_DATABASE_URL: shared.database }),
    BAILIWICK_OIDC_METADATA_URL: metadataUrl,
    BAILIWICK_OIDC_CLIENT_ID: client.id,
    BAILIWICK_OIDC_CLIENT_SECRET: client.secret,
  };
}
