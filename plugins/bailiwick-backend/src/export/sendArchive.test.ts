import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sendArchive, type ArchivedFile } from './sendArchive';

describe('sendArchive', () => {
  let folder: string;
  let server: Server;
  let outcome: Promise<unknown>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-'));
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Serves one archive; returns its address. */
  async function serve(files: () => AsyncIterable<ArchivedFile>) {
    server = createServer((_, response) => {
      outcome = sendArchive(files(), response).then(
        () => 'sent',
        error => error,
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function file(path: string, content: string): Promise<ArchivedFile> {
    const place = join(folder, 'next');
    await writeFile(place, content);
    return { file: place, path };
  }

  it('packs files in their order and removes each when it is in', async () => {
    const names = ['a/one.txt', `a/${'long-'.repeat(40)}.txt`, 'a/empty'];
    const address = await serve(async function* files() {
      for (const name of names) {
        const content = name.endsWith('empty') ? '' : `This is ${name}.`;
        yield await file(name, content);
        expect(await readdir(folder)).toEqual([]);
      }
    });
    const answer = Buffer.from(await (await fetch(address)).arrayBuffer());
    expect(await outcome).toBe('sent');
    const list = execFileSync('tar', ['-tzf', '-'], { input: answer });
    expect(list.toString().trim().split('\n')).toEqual(names);
    const unpack = ['-xzOf', '-', names[1]];
    const content = execFileSync('tar', unpack, { input: answer });
    expect(content.toString()).toBe(`This is ${names[1]}.`);
  });

  it('breaks the connection if a file cannot be created', async () => {
    const address = await serve(async function* files() {
      yield await file('one.txt', 'x'.repeat(100_000));
      throw new Error('The disk is full');
    });
    await expect(
      fetch(address).then(response => response.arrayBuffer()),
    ).rejects.toThrow();
    expect(await outcome).toMatchObject({ message: 'The disk is full' });
  });

  it('breaks the connection if a file is missing', async () => {
    const address = await serve(async function* files() {
      yield { file: join(folder, 'nothing'), path: 'one.txt' };
    });
    await expect(
      fetch(address).then(response => response.arrayBuffer()),
    ).rejects.toThrow();
    expect(await outcome).toMatchObject({ code: 'ENOENT' });
  });

  it('survives a reader who disconnects within a file', async () => {
    const reader = new AbortController();
    const address = await serve(async function* files() {
      const large = randomBytes(20_000_000).toString('base64');
      yield await file('large.txt', large);
    });
    const { body } = await fetch(address, { signal: reader.signal });
    await body!.getReader().read();
    reader.abort();
    expect(await outcome).toHaveProperty('message');
    // A rejection without a handler would end the process.
    await pause(50);
  });

  it('stops reading files when the reader disconnects', async () => {
    let asked = 0;
    let ended = false;
    const reader = new AbortController();
    const address = await serve(async function* files() {
      try {
        for (asked = 1; asked < 200; asked += 1) {
          if (asked === 3) reader.abort();
          await pause(20);
          yield await file(`${asked}.txt`, 'x'.repeat(10_000));
        }
      } finally {
        ended = true;
      }
    });
    await expect(
      fetch(address, { signal: reader.signal }).then(response =>
        response.arrayBuffer(),
      ),
    ).rejects.toThrow();
    expect(await outcome).toBeInstanceOf(Error);
    expect(ended).toBe(true);
    expect(asked).toBeLessThan(200);
  });
});
