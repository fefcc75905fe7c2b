import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { navigation } from './__testUtils__/Browser';
import { Pod } from './__testUtils__/Pod';
import {
  access,
  startProxy,
  type StartedProxy,
} from './__testUtils__/startProxy';

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
