/** @jest-environment node */
import { startOf } from '@bailiwick/backstage-local-cluster';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { StackState } from '@bailiwick/backstage-cli';
import { OutageDetector } from './OutageDetector';
import { Playbook } from './Playbook';

describe('OutageDetector', () => {
  let supervisor: ChildProcess;
  let portal: Server;
  let address: string;
  beforeEach(async () => {
    supervisor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    await once(supervisor, 'spawn');
    portal = createServer().listen(0, '127.0.0.1');
    await once(portal, 'listening');
    address = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    portal.close();
    if (supervisor.kill('SIGKILL')) await once(supervisor, 'exit');
  });

  function startDetector(silenceMs?: number) {
    const pid = supervisor.pid!;
    const state = { pid, processStart: startOf(pid) } as StackState;
    return new OutageDetector(state, [address], silenceMs);
  }

  const never = (detector: OutageDetector) => () =>
    new Playbook(() => {}, { signal: detector.signal }).eventually(
      'Something',
      60,
      async () => undefined,
    );

  it('completes the work while everything responds', async () => {
    const detector = startDetector();
    await detector.check();
    await expect(detector.during(async () => 42)).resolves.toBe(42);
  });

  it('reports an unresponsive part at once', async () => {
    portal.close();
    await expect(startDetector().check()).rejects.toThrow(
      `Bailiwick is not responding at ${address}. Is npm start running?`,
    );
  });

  it('ends all waiting when Bailiwick is stopped', async () => {
    const detector = startDetector();
    const waiting = detector.during(never(detector));
    supervisor.kill('SIGKILL');
    await expect(waiting).rejects.toThrow(/is not responding/);
    expect(detector.signal.aborted).toBe(true);
  });

  it('ends all waiting when an address is silent for long', async () => {
    const detector = startDetector(1_500);
    const began = Date.now();
    const waiting = detector.during(never(detector));
    portal.close();
    await expect(waiting).rejects.toThrow(/is not responding/);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_500);
  });
});
