import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { navigation, type Browser } from './__testUtils__/Browser';
import { Pod } from './__testUtils__/Pod';
import {
  access,
  startProxy,
  type StartedProxy,
} from './__testUtils__/startProxy';

const MiB = 2 ** 20;

describe('the proxy of workspaces', () => {
  let pod: Pod;
  let started: StartedProxy;

  beforeEach(async () => {
    pod = new Pod();
    await pod.start();
    started = await startProxy({ connect: pod.connect });
  });
  afterEach(async () => {
    await started.proxy.stop();
    await pod.stop();
  });

  describe('sessions', () => {
    it('begin with a ticket, once', async () => {
      const browser = started.browse();
      const ticket = started.sessions.issueTicket(access);
      const url = started.proxy.urlFor(access.host, ticket);
      expect(url).toBe(
        `http://prices-bea-1a2b.localhost:7008/.bailiwick/open?ticket=${ticket}`,
      );
      const { headers, status } = await browser.open(url);
      expect(status).toBe(302);
      expect(headers).toMatchObject({
        location: '/lab',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['set-cookie']).toEqual([
        expect.stringMatching(
          /^bailiwick-workspace=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
        ),
      ]);
      expect((await browser.get('/lab')).body).toBe('ok');
      // The same browser may load the address again, another may not.
      expect((await browser.open(url)).status).toBe(302);
      const other = await started.browse().open(url);
      expect(other.status).toBe(401);
      expect(other.headers['set-cookie']).toBeUndefined();
    });

    it('have secure cookies with a host prefix on HTTPS', async () => {
      await started.proxy.stop();
      started = await startProxy({
        connect: pod.connect,
        baseUrl: 'https://*.workspaces.test',
      });
      const browser = started.browse('prices-bea-1a2b.workspaces.test');
      const ticket = started.sessions.issueTicket(access);
      const { headers } = await browser.open(
        started.proxy.urlFor(access.host, ticket),
      );
      expect(headers['set-cookie']![0]).toMatch(
        /^__Host-bailiwick-workspace=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      );
      expect((await browser.get('/lab')).status).toBe(200);
    });

    it('are of one host', async () => {
      const browser = await started.signIn();
      const other = started.browse('prices-tom-3c4d.localhost:7008');
      other.cookie = browser.cookie;
      expect((await other.get('/lab')).status).toBe(401);
      expect(pod.requests).toHaveLength(0);
    });

    it('are found although another host of the site set a cookie', async () => {
      const browser = await started.signIn();
      browser.cookie = `bailiwick-workspace=forged; ${browser.cookie}`;
      expect((await browser.get('/lab')).status).toBe(200);
    });

    it('are required', async () => {
      const browser = started.browse();
      const page = await browser.get('/lab', { headers: navigation });
      expect(page.status).toBe(401);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.body).toContain('Open this workspace from the portal');
      expect(page.body).toContain('href="http://localhost:7007/bailiwick"');
      const call = await browser.get('/api/contents');
      expect(call.status).toBe(401);
      expect(JSON.parse(call.body)).toEqual({
        message: expect.stringContaining('Open this workspace'),
      });
      await expect(browser.webSocket('/api/x')).rejects.toThrow('401');
      expect(pod.requests).toHaveLength(0);
    });

    it('end, and break open requests and WebSockets, when the permission is withdrawn', async () => {
      const browser = await started.signIn();
      const socket = await browser.webSocket('/api/kernels/1/channels');
      pod.answer = (_req, res) => res.write('event');
      const events = await browser.send('/api/events');
      events.on('error', () => {}).resume();
      const ended = Promise.all([
        once(socket, 'close'),
        new Promise(resolve => events.once('close', resolve)),
      ]);
      started.allowed.clear();
      await ended;
      expect((await browser.get('/lab')).status).toBe(401);
      await eventually('The connections to the pod are closed', () =>
        pod.connections.every(one => one.destroyed),
      );
    });

    it('end with their workspace', async () => {
      const browser = await started.signIn();
      const socket = await browser.webSocket('/api/kernels/1/channels');
      const closed = once(socket, 'close');
      started.sessions.end(access.workspace.uid);
      await closed;
      expect((await browser.get('/lab')).status).toBe(401);
    });
  });

  describe('requests', () => {
    let browser: Browser;
    beforeEach(async () => {
      browser = await started.signIn();
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

    it.each([
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
      let sent = 0;
      pod.answer = (_req, res) => {
        const more = () => {
          if (sent >= 256) res.end();
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
      expect(sent).toBeLessThan(64);
      let received = 0;
      for await (const bytes of response) received += bytes.length;
      expect(received).toBe(256 * MiB);
    });

    it('end at the pod when the browser leaves', async () => {
      pod.answer = (_req, res) => res.write('event');
      const response = await browser.send('/api/events');
      response.on('error', () => {}).destroy();
      await eventually('The pod sees the end', () =>
        pod.connections.every(one => one.destroyed),
      );
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

  describe('WebSockets', () => {
    let browser: Browser;
    beforeEach(async () => {
      browser = await started.signIn();
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
        await expect(browser.webSocket('/api/x', headers)).rejects.toThrow(
          '403',
        );
      expect(pod.requests).toHaveLength(0);
    });

    it('close when the pod closes them', async () => {
      const socket = await browser.webSocket('/api/x');
      const closed = once(socket, 'close');
      for (const one of pod.sockets.clients) one.terminate();
      await closed;
      expect((await browser.get('/lab')).status).toBe(200);
    });
  });

  it('stops at once with open requests and WebSockets', async () => {
    const browser = await started.signIn();
    const socket = await browser.webSocket('/api/x');
    pod.answer = () => {};
    const waiting = browser.send('/api/slow').catch(error => error.code);
    await eventually(
      'The pod has the request',
      () => pod.requests.length === 2,
    );
    const closed = once(socket, 'close');
    await started.proxy.stop();
    await closed;
    expect(await waiting).toBe('ECONNRESET');
    await eventually('The connections to the pod are closed', () =>
      pod.connections.every(one => one.destroyed),
    );
  });
});
