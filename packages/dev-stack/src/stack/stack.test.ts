import { startOf } from '@bailiwick/backstage-local-cluster';
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPorts } from './checkPorts';
import {
  addresses,
  isRunning,
  paths,
  readStackState,
  removeStackState,
  type StackState,
  writeStackState,
} from '@bailiwick/backstage-cli';
import { readSecrets } from './secrets';

describe('stack', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('assigns each part its own address', () => {
    const all = Object.values(addresses({ dataDir, portBase: 7000 }));
    expect(new Set(all).size).toBe(all.length);
    for (const address of all) {
      expect(new URL(address).hostname).toBe('localhost');
    }
  });

  it('keeps everything within its data folder', () => {
    for (const path of Object.values(paths({ dataDir, portBase: 7000 }))) {
      expect(path.startsWith(dataDir)).toBe(true);
    }
  });

  describe('secrets', () => {
    it('are created once, readable only for their owner', () => {
      const file = join(dataDir, 'deep/secrets.json');
      const secrets = readSecrets(file);
      expect(readSecrets(file)).toEqual(secrets);
      expect(statSync(file).mode % 0o1000).toBe(0o600);
      const others = readSecrets(join(dataDir, 'other.json'));
      expect(others.backend).not.toBe(secrets.backend);
      expect(others.oidcClient).not.toBe(secrets.oidcClient);
    });

    it('are never replaced silently when their file is damaged', () => {
      const file = join(dataDir, 'secrets.json');
      writeFileSync(file, '{"backend":');
      expect(() => readSecrets(file)).toThrow(
        expect.objectContaining({
          remedy: expect.stringContaining('Delete it and start again'),
        }),
      );
      expect(readFileSync(file, 'utf8')).toBe('{"backend":');
    });
  });

  describe('state', () => {
    const state = (pid: number): StackState => ({
      pid,
      ready: false,
      startedAt: '2026-11-20T08:00:00Z',
      addresses: {},
      kubeconfig: '',
      parts: [],
    });

    it('is read as it was written, and leaves no draft behind', () => {
      const file = join(dataDir, 'stack.json');
      expect(readStackState(file)).toBeUndefined();
      writeStackState(file, state(1));
      writeStackState(file, { ...state(1), ready: true });
      expect(readStackState(file)).toEqual({ ...state(1), ready: true });
      expect(readdirSync(dataDir)).toEqual(['stack.json']);
      removeStackState(file);
      expect(readStackState(file)).toBeUndefined();
    });

    it('reports a damaged file with a remedy', () => {
      const file = join(dataDir, 'stack.json');
      for (const content of ['', '{"pid": 1', '7', 'null']) {
        writeFileSync(file, content);
        expect(() => readStackState(file)).toThrow(
          expect.objectContaining({
            message: `${file} is damaged.`,
            remedy: expect.stringContaining(
              `npm stop -- --data-dir ${dataDir}`,
            ),
          }),
        );
      }
    });

    it('runs as long as its process lives', () => {
      const { pid } = spawnSync(process.execPath, ['--version']);
      const own = { ...state(process.pid), processStart: startOf(process.pid) };
      expect(isRunning(own)).toBe(true);
      expect(isRunning({ ...own, processStart: 'another' })).toBe(false);
      expect(isRunning({ ...own, pid })).toBe(false);
      expect(isRunning(undefined)).toBe(false);
    });
  });

  describe.each(['127.0.0.1', '::1'])('ports of %s', host => {
    let taken: Server;
    let port: number;
    beforeEach(async () => {
      taken = createServer();
      await new Promise<void>(resolve => {
        taken.listen(0, host, resolve);
      });
      ({ port } = taken.address() as AddressInfo);
    });
    afterEach(() => taken.close());

    it('name the port in use, its purpose and the remedy', async () => {
      const check = checkPorts({ dataDir, portBase: port });
      await expect(check).rejects.toMatchObject({
        message: expect.stringMatching(
          new RegExp(`Port ${port}, meant for the portal, is in use`),
        ),
        remedy: expect.stringContaining(`--port-base ${port + 100}`),
      });
    });
  });
});
