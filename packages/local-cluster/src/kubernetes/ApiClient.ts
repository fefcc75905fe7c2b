import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

/** An answer of the API server, parsed when it is JSON. */
interface ApiAnswer {
  status: number;
  body: unknown;
}

/** Talks to one API server with the client certificate of a kubeconfig that this package wrote. */
export class ApiClient {
  readonly #server: string;
  readonly #agent: Agent;

  private constructor(server: string, agent: Agent) {
    this.#server = server;
    this.#agent = agent;
  }

  /** @param file - a kubeconfig as `cell certs` writes it: JSON, with everything inline */
  static fromKubeconfig(file: string): ApiClient {
    const { clusters, users } = JSON.parse(readFileSync(file, 'utf8'));
    const decode = (value: string) => Buffer.from(value, 'base64');
    const agent = new Agent({
      keepAlive: true,
      ca: decode(clusters[0].cluster['certificate-authority-data']),
      cert: decode(users[0].user['client-certificate-data']),
      key: decode(users[0].user['client-key-data']),
    });
    return new ApiClient(clusters[0].cluster.server, agent);
  }

  /** Returns whether a path responds with 200; false for all other responses and for failures. */
  async answers(path: string, timeoutMs = 2000): Promise<boolean> {
    try {
      return (await this.get(path, timeoutMs)).status === 200;
    } catch {
      return false;
    }
  }

  /**
   * Reads one path.
   *
   * @param path - on the API server, or a whole https address that trusts the same authority
   * @throws Error when nothing answers in time
   */
  get(path: string, timeoutMs = 10_000): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const call = request(
        new URL(path, this.#server),
        { agent: this.#agent, timeout: timeoutMs },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const isJson = response.headers['content-type']?.includes('json');
            resolve({
              status: response.statusCode ?? 0,
              body: isJson ? JSON.parse(text) : text,
            });
          });
        },
      );
      call.on('timeout', () =>
        call.destroy(new Error(`${path} did not answer in time`)),
      );
      call.on('error', reject);
      call.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
