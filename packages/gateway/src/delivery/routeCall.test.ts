import type { AppCanaryStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { anApp } from '../__testUtils__/objects';
import { json } from '../__testUtils__/startApp';
import { rows, TestGateway } from '../__testUtils__/TestGateway';

const startedAt = '2026-11-20T08:00:00.000Z';
const respondAsCanary = json({ rows: rows.slice(1), count: 1 });
const fails = json(
  { error: { type: 'function-failed', message: 'KeyError' } },
  500,
);

/** The app of the gateway with a canary. */
function withCanary(changes: Partial<AppCanaryStatus> = {}) {
  const app = anApp();
  const [state] = app.status!.environments!;
  const canary: AppCanaryStatus = {
    release: 'feed-r2',
    phase: 'Running',
    percent: 100,
    startedAt,
    readyAt: startedAt,
    calls: 0,
    failed: 0,
    why: '',
    ...changes,
  };
  return { ...app, status: { environments: [{ ...state, canary }] } };
}

describe('routeCall', () => {
  const gateway = new TestGateway();
  afterEach(() => gateway.stop());

  it('sends calls to the canary, and records their results', async () => {
    await gateway.serve({ respondAsCanary, served: withCanary() });
    expect((await gateway.get('prices')).json().count).toBe(1);
    expect(gateway.app!.calls).toEqual([]);
    expect(gateway.compared).toEqual([
      {
        startedAt,
        isCanary: true,
        failed: false,
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it('records failed calls', async () => {
    await gateway.serve({ respondAsCanary: fails, served: withCanary() });
    expect((await gateway.get('prices')).statusCode).toBe(500);
    expect(gateway.compared).toEqual([
      expect.objectContaining({ isCanary: true, failed: true }),
    ]);
  });

  it('records calls of the deployed release for comparison', async () => {
    const served = withCanary({ percent: 0 });
    await gateway.serve({ respondAsCanary, served });
    expect((await gateway.get('prices')).json().count).toBe(2);
    expect(gateway.canary!.calls).toEqual([]);
    expect(gateway.compared).toEqual([
      expect.objectContaining({ isCanary: false, failed: false }),
    ]);
  });

  it('divides the calls', async () => {
    const served = withCanary({ percent: 50 });
    await gateway.serve({ respondAsCanary, served });
    // All calls have the same destination with a probability of 2^-99.
    for (let call = 0; call < 100; call += 1) await gateway.get('prices');
    expect(gateway.canary!.calls.length).toBeGreaterThan(0);
    expect(gateway.app!.calls.length).toBeGreaterThan(0);
    expect(gateway.compared).toHaveLength(100);
  });

  it('sends calls that no pod of the canary accepts to the deployed release', async () => {
    await gateway.serve({ respondAsCanary, served: withCanary() });
    await gateway.canary!.stop();
    gateway.canary = undefined;
    expect((await gateway.get('prices')).json().count).toBe(2);
    expect(gateway.compared).toEqual([]);
  });

  it('sends calls for which the canary has no room to the deployed release', async () => {
    const error = { type: 'too-busy', message: 'All slots are occupied' };
    const respondAsBusy = json({ error }, 429);
    await gateway.serve({
      respondAsCanary: respondAsBusy,
      served: withCanary(),
    });
    expect((await gateway.get('prices')).json().count).toBe(2);
    expect(gateway.canary!.calls).toHaveLength(1);
    expect(gateway.compared).toEqual([]);
  });

  it('sends calls to the deployed release if the canary has no service yet', async () => {
    await gateway.serve({ served: withCanary() });
    expect((await gateway.get('prices')).json().count).toBe(2);
  });

  it.each([
    ['that was rolled back', { phase: 'RolledBack' } as const],
    ['without ready pods', { readyAt: undefined }],
  ])('sends no calls to a canary %s', async (_, changes) => {
    await gateway.serve({ respondAsCanary, served: withCanary(changes) });
    expect((await gateway.get('prices')).json().count).toBe(2);
    expect(gateway.canary!.calls).toEqual([]);
    expect(gateway.compared).toEqual([]);
  });
});
