import { FaultBench } from './FaultBench';
const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);
integration('bench', () => {
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await FaultBench.start();
  });
  afterAll(() => bench?.stop());
  it('works', async () => {
    const t = Date.now();
    await bench.giveTenant('one', 'prices');
    console.log(
      'tenant+app',
      Date.now() - t,
      bench.proxy.writes
        .map(
          w =>
            `${w.at} ${w.verb} ${w.resource} ${w.namespace ?? ''}/${w.name}/${
              w.subresource ?? ''
            } ${w.status}`,
        )
        .join('\n'),
      JSON.stringify(bench.operator.log, null, 1),
    );
  });
});
