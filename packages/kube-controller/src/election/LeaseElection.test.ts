import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeClient } from '../client';
import type { Connection, WireRequest, WireResponse } from '../connection';
import { LeadershipLostError } from '../errors';
import type { Lease } from '../objects';
import { LeaseElection } from './LeaseElection';
import { createProcessIdentity } from './processIdentity';

const log = { info: () => {}, warn: () => {}, error: () => {} };

function answer(status: number, body: object): WireResponse {
  const text = JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: {
      text: async () => text,
      destroy: () => {},
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(text);
      },
    },
  };
}

/** A server that grants the lease slowly and then stops responding. */
class SilentServer implements Connection {
  readonly server = 'http://silent';
  /** Milliseconds at which the lease was written, before the answer. */
  wroteAt = 0;

  async send({ method, signal }: WireRequest): Promise<WireResponse> {
    if (this.wroteAt === 0 && method === 'GET') return answer(404, {});
    if (method === 'POST') {
      this.wroteAt = performance.now();
      await delay(400);
      return answer(201, {});
    }
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }

  async close() {}
}

/** Returns a candidate for the leadership that uses a server. */
function candidate(
  connection: Connection,
  times: {
    leaseSeconds?: number;
    renewSeconds?: number;
    retrySeconds: number;
  },
): LeaseElection {
  return new LeaseElection({
    client: new KubeClient({ connection, userAgent: 'test' }),
    namespace: 'default',
    name: 'leader',
    identity: 'me',
    log,
    ...times,
  });
}

/** A server that grants the lease and then stops responding. */
class HangingServer extends SilentServer {
  override async send(request: WireRequest): Promise<WireResponse> {
    if (request.method === 'POST') this.wroteAt = performance.now();
    return request.method === 'POST' ? answer(201, {}) : super.send(request);
  }
}

describe('LeaseElection', () => {
  it('stops within seconds on request while the server hangs', async () => {
    const election = candidate(new HangingServer(), {
      renewSeconds: 60,
      retrySeconds: 0.05,
    });
    const stop = new AbortController();
    let leadsSince = 0;
    const run = election.run(stop.signal, async signal => {
      leadsSince = performance.now();
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve);
      });
    });
    await delay(300);
    expect(leadsSince).toBeGreaterThan(0);
    const asked = performance.now();
    stop.abort();
    await run;
    // Five seconds for giving the lease back, and nothing for the renewal that was under way.
    expect(performance.now() - asked).toBeLessThan(7000);
  }, 15_000);

  /** A server that refuses nothing and keeps one lease. */
  class LeaseServer implements Connection {
    readonly server = 'http://friendly';
    #spec: object;

    constructor(holderIdentity: string) {
      this.#spec = { holderIdentity, leaseDurationSeconds: 3600 };
    }

    async send({ body, method }: WireRequest): Promise<WireResponse> {
      if (method !== 'GET') this.#spec = JSON.parse(String(body)).spec;
      const metadata = { name: 'leader', namespace: 'default' };
      return answer(200, { metadata, spec: this.#spec });
    }

    /** Duration of the lease that was written last. */
    get seconds(): unknown {
      return (this.#spec as Lease['spec'])?.leaseDurationSeconds;
    }

    async close() {}
  }

  it('uses 15 s as the default duration, also when named', async () => {
    const server = new LeaseServer('');
    const stop = new AbortController();
    const times = { leaseSeconds: undefined, retrySeconds: 0.02 };
    const run = candidate(server, times).run(stop.signal, async () => {
      expect(server.seconds).toBe(15);
      stop.abort();
    });
    await run;
    expect(stop.signal.aborted).toBe(true);
  });

  /** Whether a candidate leads within a few attempts. */
  async function takesOver(holder: string): Promise<boolean> {
    const stop = new AbortController();
    let leads = false;
    const times = { retrySeconds: 0.02 };
    const run = candidate(new LeaseServer(holder), times).run(
      stop.signal,
      async () => {
        leads = true;
      },
    );
    await Promise.race([run, delay(300)]);
    stop.abort();
    await run;
    return leads;
  }

  const onLinux = process.platform === 'linux' ? describe : describe.skip;
  onLinux('on Linux', () => {
    it('takes over at once from an ended process', async () => {
      const alive = createProcessIdentity();
      const { pid } = spawnSync('true');
      expect(await takesOver(alive)).toBe(false);
      expect(await takesOver(alive.replace(/_\d+\./, `_${pid}.`))).toBe(true);
      // The process id has been given to another process since.
      expect(await takesOver(alive.replace(/\.\d+\./, '.1.'))).toBe(true);
    });

    it('takes nothing over from unknown processes', async () => {
      const { pid } = spawnSync('true');
      const ended = createProcessIdentity().replace(/_\d+\./, `_${pid}.`);
      // On another machine, or in another container.
      const elsewhere = ended.replace(/[0-9a-f]{12}$/, '0123456789ab');
      expect(await takesOver(elsewhere)).toBe(false);
      expect(await takesOver('host-0c5b6f0e')).toBe(false);
    });

    it('takes over from an earlier container of its pod, and of no other pod', async () => {
      const POD_UID = 'b5e3f6a0-6d0f-4f4e-9a57-0c5b6f0e8f11';
      const earlier = createProcessIdentity({ POD_UID });
      expect(createProcessIdentity({ POD_UID })).not.toBe(earlier);
      expect(await takesOver(earlier)).toBe(false);
      process.env.POD_UID = POD_UID;
      try {
        expect(await takesOver(earlier)).toBe(true);
        process.env.POD_UID = POD_UID.replace('b5e3', 'b5e4');
        expect(await takesOver(earlier)).toBe(false);
      } finally {
        delete process.env.POD_UID;
      }
    });

    it('takes over from a zombie process', async () => {
      const program =
        "import subprocess, time\np = subprocess.Popen(['true'])\ntime.sleep(0.2)\nprint(p.pid, flush=True)\ntime.sleep(60)";
      const parent = spawn('python3', ['-c', program]);
      try {
        const [pid] = await once(parent.stdout, 'data');
        const stat = readFileSync(`/proc/${Number(pid)}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const zombie = createProcessIdentity().replace(
          /_\d+\.\d+\./,
          `_${Number(pid)}.${fields[19]}.`,
        );
        expect(await takesOver(zombie)).toBe(true);
      } finally {
        parent.kill();
      }
    });
  });

  it('stops leading when the deadline has passed since before the last write, even in an attempt', async () => {
    const connection = new SilentServer();
    const election = candidate(connection, {
      renewSeconds: 1,
      retrySeconds: 0.3,
    });
    let stoppedAt = 0;
    const ended = election.run(new AbortController().signal, async signal => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      stoppedAt = performance.now();
    });
    await expect(ended).rejects.toThrow(LeadershipLostError);
    const led = stoppedAt - connection.wroteAt;
    expect(led).toBeGreaterThan(950);
    expect(led).toBeLessThan(1900);
  });

  it('does not hold a lease that ran out while the machine was suspended', async () => {
    const clock = jest.spyOn(Date, 'now');
    const election = candidate(new SilentServer(), {
      renewSeconds: 10,
      retrySeconds: 60,
    });
    const seen: boolean[] = [];
    try {
      await new Promise<void>(resolve => {
        election
          .run(new AbortController().signal, async () => {
            seen.push(election.holds);
            // The monotonic clock stood still meanwhile.
            clock.mockReturnValue(Date.now() + 11_000);
            seen.push(election.holds);
            resolve();
          })
          .catch(() => {}); // giving the lease back is not answered
      });
    } finally {
      clock.mockRestore();
    }
    expect(seen).toEqual([true, false]);
  });

  it('continues to lead after the clock was set forward, if no one else led', async () => {
    const clock = jest.spyOn(Date, 'now');
    const metadata = { name: 'leader', namespace: 'default' };
    const spec = { holderIdentity: 'me', leaseDurationSeconds: 15 };
    const connection: Connection = {
      server: 'http://friendly',
      send: async () => answer(200, { metadata, spec }),
      close: async () => {},
    };
    const election = candidate(connection, {
      renewSeconds: 10,
      retrySeconds: 0.05,
    });
    const end = new AbortController();
    const seen: boolean[] = [];
    try {
      await election.run(end.signal, async () => {
        clock.mockReturnValue(Date.now() + 11_000);
        seen.push(election.holds);
        await delay(300);
        seen.push(election.holds);
        end.abort();
      });
    } finally {
      clock.mockRestore();
    }
    expect(seen).toEqual([false, true]);
  });
});
