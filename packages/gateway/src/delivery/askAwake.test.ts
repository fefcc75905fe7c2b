import { eventually } from '@bailiwick/backstage-testing';
import { anApp } from '../__testUtils__/objects';
import { SilentServer } from '../__testUtils__/SilentServer';
import { json, startApp } from '../__testUtils__/startApp';
import { rows, TestGateway } from '../__testUtils__/TestGateway';

const respond = json({ rows, count: 2 });

/** The app of the gateway, which can be scaled to zero. */
function atZero(
  changes: { suspended?: boolean } = {},
  health: 'Healthy' | 'Failed' = 'Healthy',
) {
  const app = anApp();
  const [state] = app.status!.environments!;
  const environments = app.spec.environments.map(one => ({
    ...one,
    scaleToZeroMinutes: 5,
    ...changes,
  }));
  return {
    ...app,
    spec: { ...app.spec, environments },
    status: { environments: [{ ...state, health }] },
  };
}

describe('askAwake', () => {
  let gateway: TestGateway;
  beforeEach(() => {
    gateway = new TestGateway();
  });
  afterEach(() => gateway.stop());

  it('holds calls until a pod responds, and requests one', async () => {
    await gateway.serve({ respond, served: atZero() });
    const { port } = gateway.app!;
    await gateway.app!.stop();
    const calls = [gateway.get('prices'), gateway.get('prices')];
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(gateway.requested).toHaveLength(2);
    gateway.app = await startApp(respond, port);
    for (const { json: parse, statusCode } of await Promise.all(calls)) {
      expect(statusCode).toBe(200);
      expect(parse().count).toBe(2);
    }
    expect(gateway.requested).toHaveLength(2);
  });

  it('sends a call that another server answered only once', async () => {
    await gateway.serve({ respond, served: atZero() });
    const { port } = gateway.app!;
    await gateway.app!.stop();
    gateway.app = await startApp(respond, port, false);
    expect((await gateway.get('prices')).statusCode).toBe(503);
    expect(gateway.app.calls).toHaveLength(1);
  });

  it('requests a pod before it looks for one, if the app is known to have none', async () => {
    const served = atZero();
    served.status.environments[0].pods = { desired: 0, ready: 0 };
    await gateway.serve({ respond, served });
    expect((await gateway.get('prices')).statusCode).toBe(200);
    expect(gateway.requested).toHaveLength(1);
  });

  it('holds calls while connections are neither accepted nor refused', async () => {
    await gateway.serve({ respond, served: atZero() });
    const { port } = gateway.app!;
    await gateway.app!.stop();
    const silent = await SilentServer.start(port);
    const call = gateway.get('prices');
    await eventually(
      'A pod is requested',
      async () => gateway.requested.length > 0,
    );
    await silent.stop();
    gateway.app = await startApp(respond, port);
    expect((await call).statusCode).toBe(200);
  });

  it('holds calls while a pod loads its code', async () => {
    const loading = { type: 'not-ready', message: 'still loading' };
    const responses = [
      json({ error: loading }, 503),
      json({ error: loading }, 503),
      respond,
    ];
    await gateway.serve({
      respond: (...all) => responses.shift()?.(...all),
      served: atZero(),
    });
    expect((await gateway.get('prices')).statusCode).toBe(200);
    expect(gateway.app!.calls).toHaveLength(3);
  });

  it('holds no calls of code that cannot be loaded', async () => {
    const problems = [{ file: 'functions.py', line: 1, message: 'no' }];
    const error = { type: 'not-ready', message: 'no', problems };
    await gateway.serve({
      respond: json({ error }, 503),
      served: atZero(),
    });
    expect((await gateway.get('prices')).statusCode).toBe(503);
    expect(gateway.app!.calls).toHaveLength(1);
  });

  it('requests no pod for an app that responds', async () => {
    await gateway.serve({ respond, served: atZero() });
    expect((await gateway.get('prices')).statusCode).toBe(200);
    expect(gateway.requested).toEqual([]);
  });

  it.each([
    ['that always runs', anApp()],
    ['that is paused', atZero({ suspended: true })],
    ['with a problem', atZero({}, 'Failed')],
  ])('holds no calls of an app %s', async (_, served) => {
    await gateway.serve({ respond, served });
    await gateway.app!.stop();
    expect((await gateway.get('prices')).statusCode).toBe(503);
    expect(gateway.requested).toEqual([]);
  });
});
