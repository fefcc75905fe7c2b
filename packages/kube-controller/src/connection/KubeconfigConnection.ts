import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { Agent } from 'undici';
import { KubeConnectionError } from '../errors';
import type { Connection, WireRequest, WireResponse } from './Connection';
import { loadKubeconfig, type KubeconfigSource } from './loadKubeconfig';

interface Credentials {
  agent: Agent;
  /** Certificate and key that the agent was made with; another pair needs another agent. */
  fingerprint: string;
  headers: Record<string, string>;
  expiresAt: number;
}

/** Milliseconds after which rotating credentials (token files, exec plugins) are asked again. */
const rotationInterval = 10_000;

/** Connections by kubeconfig: client certificates, tokens, token files and exec plugins. */
export class KubeconfigConnection implements Connection {
  readonly server: string;
  readonly #config: KubeConfig;
  readonly #rotates: boolean;
  #credentials: Credentials | undefined;

  private constructor(config: KubeConfig) {
    const user = config.getCurrentUser();
    this.#config = config;
    this.#rotates = Boolean(user?.exec || user?.authProvider);
    this.server = config.getCurrentCluster()!.server.replace(/\/$/, '');
  }

  /** Opens no connection yet. @throws KubeconfigError when the kubeconfig cannot be used. */
  static load(source: KubeconfigSource): KubeconfigConnection {
    return new KubeconfigConnection(loadKubeconfig(source));
  }

  async send({
    path,
    headers,
    ...request
  }: WireRequest): Promise<WireResponse> {
    const { origin, pathname } = new URL(this.server);
    try {
      const { agent, headers: authorization } = await this.#authenticate();
      const { statusCode, ...response } = await agent.request({
        ...request,
        method: request.method as 'GET',
        origin,
        path: pathname === '/' ? path : pathname + path,
        headers: { ...headers, ...authorization },
        // Over HTTP/2 undici joins values, and several groups would become one with commas in it.
        ...(hasRepeated(headers) && { allowH2: false }),
      });
      return { status: statusCode, ...response };
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw new KubeConnectionError(this.server, error);
    }
  }

  async close(): Promise<void> {
    await this.#credentials?.agent.destroy();
    this.#credentials = undefined;
  }

  async #authenticate(): Promise<Credentials> {
    const current = this.#credentials;
    if (current && current.expiresAt > Date.now()) return current;
    const options: RequestOptions = {};
    await this.#config.applyToHTTPSOptions(options);
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const fingerprint = `${cert}\n${key}`;
    const agent =
      current?.fingerprint === fingerprint
        ? current.agent
        : new Agent({
            connect: { ca, cert, key, servername, rejectUnauthorized },
            keepAliveTimeout: 60_000,
          });
    this.#credentials = {
      agent,
      fingerprint,
      headers: authorizationOf(options),
      expiresAt: this.#rotates ? Date.now() + rotationInterval : Infinity,
    };
    return this.#credentials;
  }
}

function hasRepeated(headers: WireRequest['headers']): boolean {
  return Object.values(headers).some(
    value => Array.isArray(value) && value.length > 1,
  );
}

function authorizationOf({
  auth,
  headers,
}: RequestOptions): Record<string, string> {
  const token = (headers as Record<string, string> | undefined)?.Authorization;
  if (token) return { authorization: token };
  return auth
    ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }
    : {};
}
