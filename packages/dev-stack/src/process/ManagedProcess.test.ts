/** @jest-environment node */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { freePort } from './__testUtils__/freePort';
import { ManagedProcess } from './ManagedProcess';
import { StartWatch } from './StartWatch';

describe('a part', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'part-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is restarted after an exit, which is reported, with a new start time', async () => {
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
    const part = new ManagedProcess({
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

  it('is given up if it keeps ending before it is ready', async () => {
    const program = join(folder, 'part.mjs');
    writeFileSync(program, `console.log('no such module'); process.exit(3);`);
    const part = new ManagedProcess({
      name: 'part',
      program: relative(repositoryRoot, program),
      log: join(folder, 'part.log'),
      readyUrl: `http://127.0.0.1:${await freePort()}/`,
    });
    part.start();
    const watch = new StartWatch({ idleMs: 60_000, deaths: 2 });
    await expect(
      part.ready(new AbortController().signal, watch),
    ).rejects.toThrow('The part ended 2 times before it was ready');
    expect(part.lastOutput()).toContain('no such module');
    await part.stop();
  });

  it('is given up at once if its start failed before it was ever ready', async () => {
    const program = join(folder, 'part.mjs');
    writeFileSync(program, `console.log('no database'); process.exit(78);`);
    const part = new ManagedProcess({
      name: 'part',
      program: relative(repositoryRoot, program),
      log: join(folder, 'part.log'),
      readyUrl: `http://127.0.0.1:${await freePort()}/`,
    });
    const pids: (number | undefined)[] = [];
    part.onSpawn = pid => pids.push(pid);
    part.start();
    await expect(part.ready(new AbortController().signal)).rejects.toThrow(
      'The part could not start',
    );
    expect(part.lastOutput()).toBe('no database');
    await part.stop();
    expect(pids).toHaveLength(1);
  });

  it('is not ready before it is complete', async () => {
    const port = await freePort();
    const program = join(folder, 'part.mjs');
    writeFileSync(
      program,
      `import { createServer } from 'node:http';
       createServer((_, response) => response.end()).listen(${port}, '127.0.0.1');`,
    );
    let looks = 0;
    const part = new ManagedProcess({
      name: 'part',
      program: relative(repositoryRoot, program),
      log: join(folder, 'part.log'),
      readyUrl: `http://127.0.0.1:${port}/`,
      complete: async () => {
        looks += 1;
        if (looks < 3) throw new Error('not yet');
      },
    });
    part.start();
    await part.ready(new AbortController().signal);
    expect(looks).toBe(3);
    await part.stop();
  });

  it('is reported as silent while it does not respond, and ended if it stays silent', async () => {
    const port = await freePort();
    const program = join(folder, 'part.mjs');
    writeFileSync(
      program,
      `import { createServer } from 'node:http';
       let isDown = false;
       createServer((request, response) => {
         if (request.url === '/down') isDown = true;
         if (request.url === '/up') isDown = false;
         response.writeHead(isDown && request.url === '/' ? 503 : 200).end();
       }).listen(${port}, '127.0.0.1');`,
    );
    const address = `http://127.0.0.1:${port}`;
    const part = new ManagedProcess({
      name: 'part',
      program: relative(repositoryRoot, program),
      log: join(folder, 'part.log'),
      readyUrl: `${address}/`,
    });
    const told: boolean[] = [];
    const toldNext = async (count: number) => {
      while (told.length < count)
        await new Promise(resolve => setTimeout(resolve, 10));
    };
    const died = new Promise<string>(resolve => {
      part.onDeath = how => resolve(how);
    });
    part.start();
    await part.ready(new AbortController().signal);
    const watching = part.watch(answersNow => told.push(answersNow), 20);
    await fetch(`${address}/down`);
    await toldNext(1);
    await fetch(`${address}/up`);
    await toldNext(2);
    await fetch(`${address}/down`);
    await expect(died).resolves.toBe('signal SIGKILL');
    await watching;
    expect(told).toEqual([false, true, false]);
    await part.stop();
  });
});
