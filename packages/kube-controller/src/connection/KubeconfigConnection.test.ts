import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { KubeClient } from '../client';
import { LeadershipLostError } from '../errors';
import { KubeconfigConnection } from './KubeconfigConnection';

describe('KubeconfigConnection', () => {
  let folder: string;
  let server: Server;
  let address: string;
  /** Authorization of each request. */
  const seen: (string | undefined)[] = [];
  let valid: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
    seen.length = 0;
    valid = undefined;
    server = createServer(({ headers }, response) => {
      seen.push(headers.authorization);
      const isKnown = !valid || headers.authorization === `Bearer ${valid}`;
      response
        .writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' })
        .end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  async function write(user: object, name = 'config') {
    const path = join(folder, name);
    await writeFile(
      path,
      stringify({
        'current-context': 'one',
        contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
        clusters: [{ name: 'c', cluster: { server: address } }],
        users: [{ name: 'u', user }],
      }),
    );
    return path;
  }

  async function ask(path: string, times = 1) {
    const client = KubeClient.fromKubeconfig({ path, userAgent: 'test' });
    for (let i = 0; i < times; i += 1)
      await client.request({ path: '/version' });
    return client;
  }

  it.each([
    [{ token: 'abc' }, 'Bearer abc'],
    [{ username: 'u', password: 'p' }, 'Basic dTpw'],
    [{}, undefined],
  ])('logs in with %j', async (user, expected) => {
    const client = await ask(await write(user));
    expect(seen).toEqual([expected]);
    await client.close();
  });

  it('finds a token file beside the kubeconfig, and reads it again when it is refused', async () => {
    await writeFile(join(folder, 'token'), 'first\n');
    const client = await ask(await write({ tokenFile: 'token' }));
    await writeFile(join(folder, 'token'), 'second\n');
    valid = 'second';
    await client.request({ path: '/version' });
    expect(seen).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    await client.close();
  });

  it('keeps the working kubeconfig while a file is being replaced', async () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      await writeFile(join(folder, 'token'), 'first');
      const client = await ask(await write({ tokenFile: 'token' }));
      await rm(join(folder, 'token'));
      clock.mockReturnValue(Date.now() + 60_000);
      await client.request({ path: '/version' });
      expect(seen).toEqual(['Bearer first', 'Bearer first']);
      await client.close();
    } finally {
      clock.mockRestore();
    }
  });

  it('runs the login program that a user names', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'from-program' },
    };
    const exec = {
      apiVersion: credential.apiVersion,
      command: 'echo',
      args: [JSON.stringify(credential)],
      interactiveMode: 'Never',
    };
    const client = await ask(await write({ exec }));
    expect(seen).toEqual(['Bearer from-program']);
    await client.close();
  });

  it('does not write when the right to write ended while it logged in', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: [
        '-c',
        `touch ${join(
          folder,
          'asked',
        )}; sleep 0.2; echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}'`,
      ],
      interactiveMode: 'Never',
    };
    let leads = true;
    const client = KubeClient.fromKubeconfig({
      path: await write({ exec }),
      userAgent: 'test',
    }).fencedBy(() => leads);
    const writing = client.request({ method: 'DELETE', path: '/thing' });
    writing.catch(() => {});
    while (!existsSync(join(folder, 'asked'))) await pause(5);
    leads = false;
    await expect(writing).rejects.toThrow(LeadershipLostError);
    expect(seen).toEqual([]);
    await client.close();
  });

  it('reports the problem of a kubeconfig', async () => {
    const path = await write({});
    const load = (source: object) => () => KubeconfigConnection.load(source);
    expect(load({ path: join(folder, 'none') })).toThrow(
      'No kubeconfig was found at',
    );
    process.env.KUBECONFIG = join(folder, 'none');
    try {
      expect(load({})).toThrow(
        `No kubeconfig was found at ${join(
          folder,
          'none',
        )}, and this process does not run in a pod`,
      );
    } finally {
      delete process.env.KUBECONFIG;
    }
    expect(load({ path, context: 'two' })).toThrow(
      'The kubeconfig has no context "two"; it has: one',
    );
    await writeFile(path, 'clusters: []');
    expect(load({ path })).toThrow('selects no cluster');
    const there = address;
    address = 'somewhere:6443/';
    expect(load({ path: await write({}) })).toThrow('should be like https://');
    address = there;
    await writeFile(path, '{');
    expect(load({ path })).toThrow('cannot be read');
  });
});
