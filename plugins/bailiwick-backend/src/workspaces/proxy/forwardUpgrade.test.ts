import { once } from 'node:events';
import type { Browser } from './__testUtils__/Browser';
import { Pod } from './__testUtils__/Pod';
import { startProxy, type StartedProxy } from './__testUtils__/startProxy';

const MiB = 2 ** 20;

describe('WebSockets to a workspace', () => {
  let pod: Pod;
  let started: StartedProxy;
  let browser: Browser;

  beforeEach(async () => {
    pod = new Pod();
    await pod.start();
    started = await startProxy({ connect: pod.connect });
    browser = await started.signIn();
  });
  afterEach(async () => {
    await started.proxy.stop();
    await pod.stop();
  });

  it('carry messages both ways, without the cookie', async () => {
    const socket = await browser.webSocket('/api/kernels/1/channels?a=b');
    const long = 'x'.repeat(MiB);
    for (const message of ['hello', long]) {
      const answered = once(socket, 'message');
      socket.send(message);
      expect(String((await answered)[0]) === message).toBe(true);
    }
    const [{ headers, url }] = pod.requests;
    expect(url).toBe('/api/kernels/1/channels?a=b');
    expect(headers).toMatchObject({
      host: 'prices-bea-1a2b.localhost:7008',
      origin: browser.origin,
    });
    expect(headers.cookie).toBeUndefined();
    const closed = once(socket, 'close');
    socket.close(4000);
    expect((await closed)[0]).toBe(4000);
  });

  it('require the own origin', async () => {
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: 'http://prices-tom-3c4d.localhost:7008' },
      { origin: 'https://prices-bea-1a2b.localhost:7008' },
    ] as Record<string, string>[])
      await expect(browser.webSocket('/api/x', headers)).rejects.toThrow('403');
    expect(pod.requests).toHaveLength(0);
  });

  it('are refused before the response to the previous request', async () => {
    pod.answer = () => {};
    const socket = browser.connect();
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\n';
    socket.write(
      ['/lab', '/api/x']
        .map(
          (path, index) =>
            `GET ${path} HTTP/1.1\r\nhost: ${
              new URL(browser.origin).host
            }\r\n` + `cookie: ${browser.cookie}\r\n${index ? upgrade : ''}\r\n`,
        )
        .join(''),
    );
    await once(socket, 'close');
    pod.answer = (_req, res) => res.end('ok');
    expect((await browser.get('/lab')).status).toBe(200);
  });

  it('close when the pod closes them', async () => {
    const socket = await browser.webSocket('/api/x');
    const closed = once(socket, 'close');
    for (const one of pod.sockets.clients) one.terminate();
    await closed;
    expect((await browser.get('/lab')).status).toBe(200);
  });
});
