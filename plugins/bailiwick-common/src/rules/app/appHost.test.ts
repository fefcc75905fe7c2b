import { appHost, hostProblem } from './appHost';

const place = { app: 'prices', environment: 'prod', tenant: 'rates-desk' };

describe('appHost', () => {
  it.each([
    [
      '{app}-{environment}.{tenant}.apps.example.com',
      'prices-prod.rates-desk.apps.example.com',
    ],
    ['{app}.example.com', 'prices.example.com'],
    [
      'x{app}{app}.{tenant}.example.com',
      'xpricesprices.rates-desk.example.com',
    ],
  ])('replaces the placeholders of %s', (rule, host) => {
    expect(appHost(rule, place)).toBe(host);
    expect(hostProblem(rule, host)).toBeUndefined();
  });
});

describe('hostProblem', () => {
  const long = {
    app: 'a'.repeat(40),
    environment: 'b',
    tenant: 't'.repeat(40),
  };

  it('names the part of the rule that becomes too long, and an example', () => {
    const rule = 'x.{app}-{tenant}.example.com';
    const problem = hostProblem(rule, appHost(rule, long));
    expect(problem).toMatch(/^\{app\}-\{tenant\} of hostRule becomes a+-t+, /);
    expect(problem).toContain('has 81 characters; at most 63');
    expect(problem).toContain('such as {app}.{environment}.{tenant}.');
  });

  it('allows labels of 63 characters, and names of 253', () => {
    const label = 'a'.repeat(63);
    const host = [label, label, label, 'a'.repeat(61)].join('.');
    expect(host).toHaveLength(253);
    expect(hostProblem(host, host)).toBeUndefined();
    expect(hostProblem(`${host}.b`, `${host}.b`)).toContain(
      'has 255 characters; at most 253',
    );
  });
});
