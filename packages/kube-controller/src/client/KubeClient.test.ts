import { KubeConnectionError } from '../errors';
import { ScriptedServer, type Answer } from '../__testUtils__/ScriptedServer';

const sends =
  (status: number, bytes: number): Answer =>
  response =>
    response.writeHead(status).end('x'.repeat(bytes));

describe('KubeClient', () => {
  it.each([200, 503])(
    'reads no more of an answer with status %s than it may',
    async status => {
      const server = new ScriptedServer({
        lists: [sends(status, 300_000), sends(200, 1000)],
        watches: [],
      });
      const client = await server.start();
      const request = { path: '/proxy', maxBytes: 1000 };
      await expect(client.request(request)).rejects.toThrow(
        KubeConnectionError,
      );
      expect(await client.request(request)).toHaveLength(1000);
      await client.close();
    },
  );
});
