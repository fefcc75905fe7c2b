import { KubeClient } from '../client';
import type { Connection, WireRequest } from '../connection';
import { configMap } from '../__testUtils__/ScriptedServer';
import { EventRecorder } from './EventRecorder';

/** Records writes, and responds with a status. */
class Recorder implements Connection {
  readonly server = 'http://recorder';
  readonly writes: { method: string; path: string; body: any }[] = [];
  status = 201;

  async send({ method, path, body, signal }: WireRequest) {
    signal?.throwIfAborted();
    this.writes.push({ method, path, body: JSON.parse(String(body)) });
    const bytes = {
      text: async () => '{}',
      destroy: () => {},
      async *[Symbol.asyncIterator]() {},
    };
    return { status: this.status, headers: {}, body: bytes };
  }

  async close() {}
}

const occurrence = {
  type: 'Warning',
  reason: 'QuotaUsedUp',
  action: 'Apply',
  note: 'The quota is used up',
} as const;

describe('EventRecorder', () => {
  let connection: Recorder;
  let time: number;
  let recorder: EventRecorder;
  const errors: unknown[] = [];
  const object = configMap('prices', 7);
  beforeEach(() => {
    connection = new Recorder();
    errors.length = 0;
    time = Date.parse('2026-01-01T00:00:00Z');
    recorder = new EventRecorder({
      client: new KubeClient({ connection, userAgent: 'test' }),
      controller: 'example.org/test',
      instance: 'pod-1',
      now: () => new Date(time),
      onError: error => errors.push(error),
    });
  });

  it('writes events beside the object', async () => {
    await recorder.record(object, { ...occurrence, note: 'x'.repeat(2000) });
    const [{ path, body }] = connection.writes;
    expect(path).toBe('/apis/events.k8s.io/v1/namespaces/default/events');
    expect(body).toMatchObject({
      eventTime: '2026-01-01T00:00:00.000000Z',
      reportingController: 'example.org/test',
      reason: 'QuotaUsedUp',
      regarding: { kind: 'ConfigMap', name: 'prices', uid: 'uid-prices' },
    });
    expect(body.note).toHaveLength(1024);
  });

  it('combines repetitions into one series, written at most once a minute', async () => {
    for (let i = 0; i < 150; i += 1) {
      await recorder.record(object, occurrence);
      time += 1000;
    }
    const [first, ...rest] = connection.writes;
    expect(first.method).toBe('POST');
    expect(rest.map(({ method, body }) => [method, body.series.count])).toEqual(
      [
        ['PATCH', 61],
        ['PATCH', 121],
      ],
    );
    expect(rest[0].path).toContain(first.body.metadata.name);
  });

  it('separates events of different objects, and later ones', async () => {
    await recorder.record(object, occurrence);
    await recorder.record(configMap('other', 1), occurrence);
    time += 7 * 60_000;
    await recorder.record(object, occurrence);
    expect(connection.writes.map(({ method }) => method)).toEqual([
      'POST',
      'POST',
      'POST',
    ]);
  });

  it('writes nothing after a stop', async () => {
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(
      recorder.recordOnce(object, occurrence, 'identity', { signal }),
    ).rejects.toThrow('stopping');
    expect(connection.writes).toEqual([]);
  });

  it('never fails', async () => {
    connection.status = 403;
    await recorder.record(object, occurrence);
    expect(errors).toHaveLength(1);
  });
});
