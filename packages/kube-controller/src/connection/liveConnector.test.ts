import { once } from 'node:events';
import { execFileSync } from 'node:child_process';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { liveConnector } from './liveConnector';

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Milliseconds between pings. */
const interval = 100;

describe('liveConnector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-'));
  /** Functions that silently stop the traffic of each connection so far. */
  const mutes: (() => void)[] = [];
  let server: Http2SecureServer;
  let between: Server;
  let agent: Agent;
  let origin: string;

  beforeAll(async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(folder, name));
    execFileSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost
       -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`.split(
        /\s+/,
      ),
      { stdio: 'ignore' },
    );
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    server = createSecureServer({ ...tls, allowHTTP1: true });
    server.on('request', ({ httpVersion }, response) => {
      response.end(httpVersion);
    });
    between = createServer(near => {
      const far = connect(portOf(server), '127.0.0.1');
      near.pipe(far).pipe(near);
      mutes.push(() => {
        near.unpipe();
        far.unpipe();
      });
    });
    for (const one of [server, between]) {
      one.listen(0, '127.0.0.1');
      await once(one, 'listening');
    }
    origin = `https://127.0.0.1:${portOf(between)}`;
    agent = new Agent({
      connect: liveConnector({ ca: String(tls.cert) }, interval),
      h2Options: { pingInterval: interval },
    });
  });
  afterAll(async () => {
    await agent?.destroy();
    between?.close();
    server?.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (options: { allowH2?: boolean } = {}) => {
    const { body } = await agent.request({
      origin,
      path: '/',
      method: 'GET',
      headersTimeout: 5000,
      ...options,
    });
    return body.text();
  };

  it('speaks HTTP/2 and keeps a connection that is answered on, however quiet', async () => {
    expect(await ask()).toBe('2.0');
    await pause(interval * 6);
    expect(await ask()).toBe('2.0');
    expect(mutes).toHaveLength(1);
  });

  it('closes a connection whose server is gone, and opens another one', async () => {
    mutes[0]();
    const start = performance.now();
    await expect(ask()).rejects.toThrow('stopped responding');
    expect(performance.now() - start).toBeLessThan(4000);
    expect(await ask()).toBe('2.0');
    expect(mutes).toHaveLength(2);
  });

  it('uses HTTP/1.1 on request', async () => {
    expect(await ask({ allowH2: false })).toBe('1.1');
  });
});
