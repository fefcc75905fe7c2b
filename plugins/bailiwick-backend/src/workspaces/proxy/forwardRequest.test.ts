import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { navigation, type Browser } from './__testUtils__/Browser';
import { Pod } from './__testUtils__/Pod';
import { startProxy, type StartedProxy } from './__testUtils__/startProxy';

const MiB = 2 ** 20;

describe('requests to a workspace', () => {
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

  it.each([
    'localhost:7008',
    'a.b.localhost:7008',
    '-a.localhost:7008',
    'prices-bea-1a2b.localhost',
    'prices-bea-1a2b.localhost:7008.evil.test',
    'prices-bea-1a2bxlocalhost:7008',
  ])('to the unknown host %s are refused', async host => {
    const other = started.browse(host);
    other.cookie = browser.cookie;
    expect((await other.get('/lab')).status).toBe(404);
    expect(pod.requests).toHaveLength(0);
  });

  it('reach the pod without credentials and claims of proxies', async () => {
    await browser.get('/lab', {
      headers: {
        cookie: `_xsrf=a; ${browser.cookie}; theme=b`,
        authorization: 'Bearer secret',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil.test',
        forwarded: 'for=1.2.3.4',
        connection: 'keep-alive, x-hop',
        'x-hop': 'a',
        te: 'trailers',
        'x-own': 'kept',
      },
    });
    const [{ headers }] = pod.requests;
    expect(headers).toEqual({
      host: 'prices-bea-1a2b.localhost:7008',
      cookie: '_xsrf=a; theme=b',
      'x-own': 'kept',
      connection: 'keep-alive',
    });
  });

  it('return protected headers', async () => {
    pod.answer = (_req, res) =>
      res
        .writeHead(201, {
          'set-cookie': [
            '_xsrf=a; Domain=localhost; Path=/',
            'bailiwick-workspace=forged; Path=/',
            '__Host-bailiwick-workspace=forged; Path=/',
            'b=c; domain=.localhost',
          ],
          'content-security-policy': "default-src 'self'",
          'strict-transport-security': 'max-age=1; includeSubDomains',
          'x-own': 'kept',
        })
        .end('made');
    const { body, headers, status } = await browser.get('/api/x');
    expect([status, body]).toEqual([201, 'made']);
    expect(headers).toMatchObject({
      'set-cookie': ['_xsrf=a; Path=/', 'b=c'],
      'content-security-policy': "default-src 'self', frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-own': 'kept',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it.each<Record<string, string>>([
    { origin: 'http://prices-tom-3c4d.localhost:7008' },
    { origin: 'http://localhost:7007' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    {
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'iframe',
    },
  ])('of another origin are refused: %j', async headers => {
    const { status } = await browser.get('/api/contents', { headers });
    expect(status).toBe(403);
    expect(pod.requests).toHaveLength(0);
  });

  it('of another site may navigate a tab by GET only', async () => {
    const headers = { ...navigation, 'sec-fetch-site': 'cross-site' };
    const get = await browser.get('/lab', { headers });
    expect(get.status).toBe(200);
    const post = await browser.get('/lab', { method: 'POST', headers });
    expect(post.status).toBe(403);
  });

  it("never reach the portal's own channel", async () => {
    for (const path of [
      '/bailiwick/files',
      '//bailiwick/files',
      '/%62ailiwick/files',
      '/lab/../bailiwick/files',
      '/Bailiwick',
      '/.bailiwick/other',
      'http://prices-bea-1a2b.localhost:7008/bailiwick/files',
    ]) {
      const { status } = await browser.get(path);
      expect([path, status]).toEqual([path, 404]);
    }
    await expect(browser.webSocket('/bailiwick/x')).rejects.toThrow('404');
    expect(pod.requests).toHaveLength(0);
  });

  it('upload and download in parts', async () => {
    pod.answer = (req, res) => req.pipe(res);
    const body = 'line\n'.repeat(MiB);
    const known = await browser.get('/api/contents/x', {
      method: 'PUT',
      body,
      headers: { 'content-length': `${body.length}` },
    });
    expect([known.status, known.body.length]).toEqual([200, body.length]);
    const chunked = await browser.get('/api/contents/x', {
      method: 'PUT',
      body,
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect([chunked.status, chunked.body.length]).toEqual([200, body.length]);
  });

  it('reuse connections, also after the pod has closed one', async () => {
    await browser.get('/a');
    await browser.get('/b');
    expect(pod.connections).toHaveLength(1);
    pod.answer = req => {
      pod.answer = (_req, res) => res.end('ok');
      req.socket.destroy();
    };
    expect((await browser.get('/c')).body).toBe('ok');
    expect(pod.connections).toHaveLength(2);
  });

  it('never get bytes that the pod sent before them', async () => {
    pod.answer = (_req, res) => res.end('first');
    await browser.get('/a');
    pod.requests[0].socket.write(
      'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong',
    );
    await once(pod.requests[0].socket, 'close');
    expect((await browser.get('/b')).body).toBe('first');
    expect(pod.connections).toHaveLength(2);
  });

  it('make the pod wait for a slow reader', async () => {
    const total = 64;
    let sent = 0;
    pod.answer = (_req, res) => {
      const more = () => {
        if (sent >= total) res.end();
        else res.write(Buffer.alloc(MiB), more);
        sent += 1;
      };
      more();
    };
    const response = await browser.send('/files/large.bin');
    let last = -1;
    while (sent !== last) {
      last = sent;
      await pause(100);
    }
    expect(sent).toBeLessThan(total / 2);
    let received = 0;
    for await (const bytes of response) received += bytes.length;
    expect(received).toBe(total * MiB);
  });

  it('end at the pod when the browser leaves', async () => {
    pod.answer = (_req, res) => res.write('event');
    const response = await browser.send('/api/events');
    response.on('error', () => {}).destroy();
    await eventually('The pod sees the end', () =>
      pod.connections.every(one => one.destroyed),
    );
    expect(pod.requests).toHaveLength(1);
  });

  it('are limited to 64 at the same time', async () => {
    pod.answer = () => {};
    const all = Array.from({ length: 64 }, () =>
      browser.send('/api/slow').catch(() => {}),
    );
    await eventually(
      'All have reached the pod',
      () => pod.requests.length === 64,
    );
    const { body, status } = await browser.get('/api/x');
    expect(status).toBe(503);
    expect(body).toContain('64 connections open, the maximum');
    await started.proxy.stop();
    await Promise.all(all);
  });
});
