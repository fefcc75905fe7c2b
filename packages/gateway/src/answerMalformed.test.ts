import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { TestGateway } from './__testUtils__/TestGateway';

describe('requests that are no HTTP', () => {
  const gateway = new TestGateway();
  afterEach(() => gateway.stop());

  it.each([
    [
      '400 Bad Request',
      'text/csv\u000b',
      'bad-request',
      'The request is not valid HTTP',
    ],
    [
      '431 Request Header Fields Too Large',
      'x'.repeat(20_000),
      'request-too-large',
      'The address and the headers have more than 16 KiB; shorten the filter or the list of values',
    ],
  ])(
    'get %s and the reason, with nosniff and nothing of the request',
    async (status, accept, type, message) => {
      await gateway.serve();
      const { port } = new URL(await gateway.listen());
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `GET /healthz HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\n\r\n`,
      );
      const [head, body] = (await text(socket)).split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
      expect(head).toMatch(/^x-content-type-options: nosniff\r?$/im);
      expect(JSON.parse(body)).toEqual({
        error: {
          type,
          code: type,
          message,
        },
      });
    },
  );
});
