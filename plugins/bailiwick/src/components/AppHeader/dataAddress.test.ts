import { anApp } from '../../__fixtures__/views';
import { dataAddress } from './dataAddress';

const gateway = 'https://feeds.example.com';

/** An app that serves functions in environments. */
function appWith(served: Record<string, string[]>) {
  const app = anApp();
  const [state] = app.status!.environments!;
  app.status!.environments = Object.entries(served).map(
    ([name, functions]) => ({
      ...state,
      name,
      contract: {
        functions: functions.map(fn => ({
          name: fn,
          parameters: {},
          result: { kind: 'value' as const },
        })),
      },
    }),
  );
  return app;
}

describe('dataAddress', () => {
  it('is that of the only function, in the last environment that serves it', () => {
    const app = appWith({ dev: ['prices'], test: ['prices'], prod: [] });
    expect(dataAddress(app, gateway)).toEqual({
      environment: 'test',
      url: `${gateway}/v1/rates-desk/test/month-end-prices/prices`,
    });
  });

  it('is the common beginning for several functions', () => {
    expect(dataAddress(appWith({ dev: ['a', 'b'] }), gateway)?.url).toBe(
      `${gateway}/v1/rates-desk/dev/month-end-prices`,
    );
  });

  it('is absent before the app runs, and without a gateway', () => {
    expect(dataAddress(appWith({ dev: [] }), gateway)).toBeUndefined();
    expect(dataAddress(appWith({ dev: ['a'] }), undefined)).toBeUndefined();
  });
});
