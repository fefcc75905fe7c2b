import {
  KubeApiError,
  PortForwardError,
} from '@bailiwick/backstage-kube-controller';
import { connect as connectTcp } from 'node:net';
import { navigation } from './__testUtils__/Browser';
import { Pod } from './__testUtils__/Pod';
import { startProxy, type StartedProxy } from './__testUtils__/startProxy';
import type { WorkspaceState } from './failures';

describe('a workspace that is not reachable', () => {
  let started: StartedProxy;
  let state: WorkspaceState;
  let connect: Pod['connect'];

  beforeEach(async () => {
    state = 'running';
    started = await startProxy({
      connect: () => connect(),
      state: () => state,
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await started.proxy.stop();
  });

  const refused = async () => {
    throw new PortForwardError(8888, 'work-0', 'connection refused');
  };

  it('shows that it starts, and reloads for a minute', async () => {
    connect = refused;
    const clock = jest.spyOn(Date, 'now');
    const browser = await started.signIn();
    const start = Date.now();
    const load = async (seconds: number) => {
      clock.mockReturnValue(start + seconds * 1_000);
      return browser.get('/lab', { headers: navigation });
    };
    const first = await load(0);
    expect(first.status).toBe(503);
    expect(first.headers['retry-after']).toBe('2');
    expect(first.body).toContain('The workspace is starting');
    expect(first.body).toContain('<meta http-equiv="refresh" content="2">');
    for (let seconds = 2; seconds < 60; seconds += 2) await load(seconds);
    const last = await load(60);
    expect(last.body).toContain('did not respond within a minute');
    expect(last.body).not.toContain('refresh');
    expect((await load(80)).body).toContain('refresh');
  });

  it('answers other requests and WebSockets with status 503', async () => {
    connect = refused;
    const browser = await started.signIn();
    const { body, headers, status } = await browser.get('/api/contents', {
      method: 'PUT',
      body: 'x'.repeat(100_000),
    });
    expect(status).toBe(503);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'retry-after': '2',
    });
    expect(JSON.parse(body).message).toContain('is starting');
    await expect(browser.webSocket('/api/x')).rejects.toThrow('503');
  });

  it('shows that it has stopped', async () => {
    connect = refused;
    state = 'stopped';
    const browser = await started.signIn();
    const page = await browser.get('/lab', { headers: navigation });
    expect(page.status).toBe(503);
    expect(page.body).toContain('The workspace has stopped');
    expect(page.body).not.toContain('refresh');
  });

  it('shows that the cluster refused', async () => {
    connect = async () => {
      throw new KubeApiError(403, { message: 'no' });
    };
    const browser = await started.signIn();
    const page = await browser.get('/lab', { headers: navigation });
    expect(page.status).toBe(403);
    expect(page.body).toContain('The cluster refused the connection');
  });

  it('answers with status 502 when the response is invalid', async () => {
    const pod = new Pod();
    pod.answer = (_req, res) => res.socket!.end('nonsense\r\n\r\n');
    await pod.start();
    connect = pod.connect;
    const browser = await started.signIn();
    const page = await browser.get('/lab', { headers: navigation });
    expect(page.status).toBe(502);
    expect(page.body).toContain('The workspace is not responding');
    await pod.stop();
  });

  it('starts once a program listens', async () => {
    const pod = new Pod();
    await pod.start();
    connect = async () => connectTcp(1, '127.0.0.1');
    const browser = await started.signIn();
    expect((await browser.get('/lab')).status).toBe(503);
    connect = pod.connect;
    expect((await browser.get('/lab')).status).toBe(200);
    await started.proxy.stop();
    await pod.stop();
  });
});
