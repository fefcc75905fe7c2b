import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { TestGateway } from './__testUtils__/TestGateway';

describe('requests that are no HTTP', () => {
  const gateway = new TestGateway();
  afterEach(() => gateway.stop());

  it.each([
    ['400 Bad Request', 'text/csv\u000b'],
    ['431 Request Header Fields Too Large', 'x'.repeat(20_000)],
  ])(
    'get %s, with nosniff and without a body to sniff',
    async (status, accept) => {
      await gateway.serve();
      const { port } = new URL(await gateway.listen());
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `GET /healthz HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\n\r\n`,
      );
      expect(await text(socket)).toBe(
        `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
    },
  );
});
