import { eventually } from '@bailiwick/backstage-testing';
import { signedInAs } from '../__testUtils__/people';
import { readEvents } from '../__testUtils__/readEvents';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('the portal while its API server is unreachable', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const cluster = async () =>
    (await portal.call('eve', 'GET', '/cluster')).body;

  it('notifies each reader when lists become stale, and when they are current again', async () => {
    const stream = await readEvents(
      `${portal.url}/tenants?watch=true`,
      signedInAs('rita'),
    );
    await stream.next();
    expect(stream.staleness()).toBeNull();
    const goOn = portal.cluster.freeze();
    try {
      await eventually('The reader is told', () => stream.staleness());
      expect(stream.staleness()).toMatchObject({
        age: expect.any(Number),
        why: expect.stringContaining('did not respond'),
      });
      expect(await cluster()).toMatchObject({
        ready: false,
        stale: { why: expect.stringContaining('did not respond') },
      });
    } finally {
      goOn();
    }
    await eventually('It is over', () => stream.staleness() === null);
    expect(await cluster()).toMatchObject({ ready: true });
    stream.close();
  }, 60_000);
});
