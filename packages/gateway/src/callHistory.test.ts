import { basic } from './__testUtils__/objects';
import { json } from './__testUtils__/startApp';
import { TestGateway } from './__testUtils__/TestGateway';

describe('the call history of a gateway', () => {
  const gateway = new TestGateway();
  const serve: TestGateway['serve'] = options => gateway.serve(options);
  const get: TestGateway['get'] = (...args) => gateway.get(...args);

  afterEach(() => gateway.stop());

  it('counts calls with a valid token in the history, and no others', async () => {
    await serve();
    await get('prices');
    await get('prices?colour=red');
    await get('prices', { accept: 'text/csv' });
    await get('prices', { authorization: basic('bwk_wrong') });
    await get('unknown');
    const [{ series }] = gateway.history.read().resolutions;
    const feed = { tenant: 'desk', environment: 'prod', app: 'feed' };
    expect(series).toMatchObject([{ ...feed, fn: 'prices' }]);
    const [, calls, errors, , timed] = series[0].slots[0];
    expect({ calls, errors, timed }).toEqual({ calls: 3, errors: 0, timed: 3 });
    // Those of the CSV file: this runtime does not report how many rows its JSON has.
    expect(series[0].slots[0].at(-1)).toBe(2);
  });

  it.each([
    [500, 'function-failed', 1],
    [422, 'invalid-data', 1],
    [429, 'too-busy', 1],
    [422, 'invalid-parameter', 0],
    [413, 'too-many-rows', 0],
  ])(
    'counts failures of the app as errors: %d %s',
    async (status, type, errors) => {
      const error = { type, message: 'no' };
      await serve({ respond: json({ error }, status) });
      await get('prices');
      const [{ series }] = gateway.history.read().resolutions;
      expect(series[0].slots[0].slice(1, 3)).toEqual([1, errors]);
    },
  );
});
