import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves archives from memory on loopback, in the place of Flux's source-controller. */
export class ArchiveServer {
  readonly #archives = new Map<string, Buffer>();
  readonly #server = createServer(({ url = '' }, answer) => {
    const archive = this.#archives.get(url);
    answer.writeHead(archive ? 200 : 404).end(archive);
  });

  /** Starts on a free port. */
  static async start(): Promise<ArchiveServer> {
    const server = new ArchiveServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** Takes an archive in; gives what a source's status says of it. @param path - such as `/a/b` */
  add(path: string, archive: Buffer): object {
    this.#archives.set(path, archive);
    const { port } = this.#server.address() as AddressInfo;
    const digest = `sha256:${createHash('sha256')
      .update(archive)
      .digest('hex')}`;
    return {
      path,
      url: `http://127.0.0.1:${port}${path}`,
      digest,
      revision: `latest@${digest}`,
      size: archive.length,
      lastUpdateTime: new Date().toISOString(),
    };
  }

  /** Ends it with all connections. */
  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
