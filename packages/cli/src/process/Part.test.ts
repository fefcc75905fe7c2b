/** @jest-environment node */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../stack/layout';
import { Part } from './Part';

describe('a part', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'part-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => {
      server.close(resolve);
    });
    return port;
  }

  it('is started again after a death, which is told, and timed anew', async () => {
    const port = await freePort();
    const program = join(folder, 'part.mjs');
    writeFileSync(
      program,
      `import { createServer } from 'node:http';
       createServer((request, response) => {
         response.end('ok');
         if (request.url === '/die') process.exit(3);
       }).listen(${port}, '127.0.0.1');`,
    );
    const part = new Part({
      name: 'part',
      program: relative(repositoryRoot, program),
      log: join(folder, 'part.log'),
      readyUrl: `http://127.0.0.1:${port}/`,
    });
    const pids: (number | undefined)[] = [];
    part.onSpawn = pid => pids.push(pid);
    const died = new Promise<[string, number]>(resolve => {
      part.onDeath = (how, seconds) => resolve([how, seconds]);
    });
    const { signal } = new AbortController();
    part.start();
    await part.ready(signal);
    const age = part.age();
    await fetch(`http://127.0.0.1:${port}/die`).catch(() => {});
    await expect(died).resolves.toEqual(['exit 3', 0.5]);
    expect(part.age()).toBeGreaterThanOrEqual(age);
    await part.ready(signal);
    expect(new Set(pids).size).toBe(2);
    await part.stop();
    expect(pids).toHaveLength(2);
  });
});
