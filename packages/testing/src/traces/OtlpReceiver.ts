import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../cluster/eventually';
import { readRequest } from './exportRequest';
import { toSpans, type ReceivedSpan } from './ReceivedSpan';

/** Receives spans over OTLP/HTTP with protobuf on loopback. Its address is that of `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export class OtlpReceiver {
  readonly address: string;
  /** In the order of their ends. */
  readonly spans: ReceivedSpan[] = [];
  /** Headers of all requests. */
  readonly headers: IncomingHttpHeaders[] = [];
  /** Status of the next responses. */
  status = 200;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.address = `http://127.0.0.1:${port}`;
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.headers.push(request.headers);
      const isTraces =
        request.url === '/v1/traces' &&
        request.headers['content-type'] === 'application/x-protobuf';
      if (this.status === 200 && isTraces)
        this.spans.push(...toSpans(readRequest(Buffer.concat(chunks))));
      response.writeHead(isTraces ? this.status : 404).end();
    });
  }

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new OtlpReceiver(server);
  }

  /** Waits for a span with a name. */
  span(name: string): Promise<ReceivedSpan> {
    return eventually(`The span ${name} arrives`, () =>
      this.spans.find(span => span.name === name),
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
