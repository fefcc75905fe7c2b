import express from 'express';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { git, gitText } from './runGit';
import { serveGit } from './serveGit';

describe('serveGit', () => {
  let root: string;
  let server: Server;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'serve-git-'));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true });
  });

  it('sends a large object no faster than it is read', async () => {
    await git(['init', '--quiet', '--bare', join(root, 'a.git')]);
    const file = join(root, 'large');
    writeFileSync(file, randomBytes(24_000_000));
    const store = ['-C', join(root, 'a.git'), 'hash-object', '-w', file];
    const id = await gitText(store);
    const path = `/a.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
    const size = statSync(join(root, path)).size;

    let held = 0;
    const app = express();
    app.use(async (request, response) => {
      const look = setInterval(() => {
        held = Math.max(held, response.writableLength);
      }, 5);
      await serveGit(request, response, {
        root,
        path,
        service: 'git-upload-pack',
        user: 'bea',
      });
      clearInterval(look);
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = get({ host: '127.0.0.1', port, path });
    const [answer]: IncomingMessage[] = await once(asked, 'response');
    while (held === 0) await pause(10);
    // Without a reader, buffers must not grow without bound.
    await pause(300);
    let received = 0;
    for await (const chunk of answer) received += chunk.length;
    expect(received).toBe(size);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(1_000_000);
  });
});
