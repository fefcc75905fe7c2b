import { basic, token } from '../__testUtils__/objects';
import { json, startApp } from '../__testUtils__/startApp';
import { TestGateway } from '../__testUtils__/TestGateway';

describe('DirectUpstream', () => {
  const gateway = new TestGateway();
  const serve: TestGateway['serve'] = options => gateway.serve(options);
  const get: TestGateway['get'] = (...args) => gateway.get(...args);

  afterEach(() => gateway.stop());

  it('discards responses of another server at the address of an app', async () => {
    await serve();
    const { port, stop } = gateway.app!;
    for (const answer of [
      json({ rows: [{ symbol: 'MOON' }], count: 1 }),
      json({ error: { type: 'moved', message: 'Ask elsewhere' } }, 404),
      json('<html>', 404, { 'x-request-id': 'r-1' }),
    ]) {
      await gateway.app!.stop();
      gateway.app = await startApp(answer, port, false);
      const { headers, statusCode, json: parse } = await get('prices');
      expect(statusCode).toBe(503);
      expect(headers['retry-after']).toBe('5');
      expect(parse().error).toMatchObject({
        type: 'app-not-running',
        message: expect.stringContaining(
          'A different server than feed responded',
        ),
      });
    }
    await stop();
    expect(gateway.used).toEqual([]);
  });

  it('discards a short answer on a real connection', async () => {
    await serve();
    await gateway.app!.stop();
    const { port } = gateway.app!;
    gateway.app = await startApp(json({ rows: [], count: 0 }), port, false);
    const address = await gateway.listen();
    for (let call = 0; call < 3; call += 1) {
      const { status } = await fetch(`${address}/v1/desk/prod/feed/prices`, {
        headers: { authorization: basic(token) },
      });
      expect(status).toBe(503);
    }
  });
});
