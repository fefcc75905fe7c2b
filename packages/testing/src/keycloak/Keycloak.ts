import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually';
import { endProcess } from '../process/endProcess';
import { administrator, ensureKeycloak } from './ensureKeycloak';
import { findJava } from './findJava';
import { serverArguments } from './javaOptions';
import { realm, realmName } from './realm';

/** Seconds for a start on a busy machine. */
const startSeconds = 240;
/** Lines of the log in an error. */
const lastLines = 15;

/** A real Keycloak on the loopback address, with a realm of two groups and three people. */
export class Keycloak {
  /** Address of the server, on `localhost`. */
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = process;
  }

  /**
   * Starts a server on a port, with the realm.
   *
   * @param portal - address of the portal in the browser, to which people return
   * @throws Error with the remedy when there is no Java, and when the server does not start
   */
  static async start(port: number, portal: string): Promise<Keycloak> {
    const java = findJava();
    const home = await ensureKeycloak(java);
    const folder = mkdtempSync(join(tmpdir(), 'keycloak-'));
    cpSync(join(home, 'data', 'h2'), folder, { recursive: true });
    const log = openSync(join(folder, 'log'), 'w');
    // Not by Keycloak's script, which would leave the server running when it is killed.
    const child = spawn(
      java,
      [
        ...serverArguments(home),
        ...['start', '--optimized', '--cache=local'],
        ...['--http-enabled=true', '--hostname-strict=false'],
        ...['--http-host=127.0.0.1', `--http-port=${port}`],
        `--db-url=jdbc:h2:file:${folder}/keycloakdb;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE`,
      ],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    const url = `http://localhost:${port}`;
    const keycloak = new Keycloak(url, folder, child);
    try {
      await keycloak.#untilReady();
      await keycloak.admin('POST', '', realm(portal));
    } catch (error) {
      await keycloak.stop();
      throw error;
    }
    return keycloak;
  }

  /** Address of the realm. */
  get issuer(): string {
    return `${this.url}/realms/${realmName}`;
  }

  /**
   * Calls the admin API as the administrator.
   *
   * @param path - path below the realm, such as `/users`; empty for `POST` creates a realm
   * @returns the response from JSON, if there is one
   */
  async admin<T = any>(
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const below = method === 'POST' && !path ? '' : `/${realmName}${path}`;
    const response = await fetch(`${this.url}/admin/realms${below}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#adminToken()}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(
        `Keycloak answers ${response.status} to ${method} ${path}: ${text}`,
      );
    return text && JSON.parse(text);
  }

  /** Returns the id of a person. */
  async idOf(username: string): Promise<string> {
    const [found] = await this.admin(
      'GET',
      `/users?exact=true&username=${username}`,
    );
    return found.id;
  }

  /** Makes the realm sign with a new key, and removes the previous ones. */
  async rotateKeys(): Promise<void> {
    const type = 'org.keycloak.keys.KeyProvider';
    const { id: parentId } = await this.admin('GET', '');
    const previous = await this.admin('GET', `/components?type=${type}`);
    await this.admin('POST', '/components', {
      name: 'new',
      parentId,
      providerType: type,
      providerId: 'rsa-generated',
      config: { priority: ['200'], algorithm: ['RS256'] },
    });
    for (const { id, providerId } of previous)
      if (providerId === 'rsa-generated')
        await this.admin('DELETE', `/components/${id}`);
  }

  /** Ends the server and deletes its data. */
  async stop(): Promise<void> {
    // Its data is deleted, so it has nothing to save.
    await endProcess(this.#process, 'SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    const log = () =>
      readFileSync(join(this.#folder, 'log'), 'utf8')
        .trim()
        .split('\n')
        .slice(-lastLines)
        .join('\n');
    let hasEnded = false;
    this.#process.once('exit', () => (hasEnded = true));
    await eventually(
      'Keycloak responds',
      async () => {
        if (hasEnded) return true;
        return (await fetch(`${this.url}/realms/master`)).ok;
      },
      startSeconds,
    );
    if (hasEnded) throw new Error(`Keycloak ended:\n${log()}`);
  }

  async #adminToken(): Promise<string> {
    const path = '/realms/master/protocol/openid-connect/token';
    const response = await fetch(this.url + path, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: 'admin-cli',
        username: administrator,
        password: administrator,
      }),
    });
    const { access_token: token, error } = await response.json();
    if (!token) throw new Error(`Keycloak refuses its administrator: ${error}`);
    return token;
  }
}
