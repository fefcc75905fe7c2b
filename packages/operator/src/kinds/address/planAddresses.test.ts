import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app } from '@bailiwick/backstage-testing/objects';
import { planAddresses } from './planAddresses';

const hostRule = '{app}-{environment}.apps.example.com';

/** An app that asks for an address in an environment, and has the given one. */
function asking(
  name: string,
  environment: string,
  { created = '2026-01-01T00:00:00Z', tenant = 'rates', url = '' } = {},
): App {
  const asked = app(name, `${tenant}--home`, {
    environments: [{ name: environment, revision: 'draft', address: true }],
  });
  return {
    ...asked,
    metadata: { ...asked.metadata, creationTimestamp: created },
    ...(url && {
      status: {
        environments: [
          {
            name: environment,
            health: 'Healthy',
            why: '',
            next: '',
            pods: { ready: 1, desired: 1 },
            since: created,
            address: { url },
          },
        ],
      },
    }),
  };
}

const outcome = (...apps: App[]) =>
  planAddresses(hostRule, apps).map(
    ({ app: name, environment, host, problem }) =>
      `${name} ${environment} ${host} ${problem ?? ''}`.trim(),
  );

describe('planAddresses', () => {
  it('gives an address to environments that ask for one, and to no others', () => {
    const two = asking('prices', 'prod');
    two.spec.environments.push({ name: 'dev', revision: 'draft' });
    const leaving = asking('curves', 'prod');
    leaving.metadata.deletionTimestamp = '2026-02-01T00:00:00Z';
    expect(outcome(two, leaving)).toEqual([
      'prices prod prices-prod.apps.example.com',
    ]);
  });

  const early = '2026-01-01T00:00:00Z';
  const late = '2026-01-02T00:00:00Z';
  const host = 'a-b-c.apps.example.com';

  it('keeps the address of the older of two apps with the same host name', () => {
    const older = asking('a-b', 'c', { created: early });
    const newer = asking('a', 'b-c', { created: late });
    for (const order of [
      [older, newer],
      [newer, older],
    ]) {
      const [first, second] = outcome(...order);
      expect(first).toBe(`a-b c ${host}`);
      expect(second).toContain(
        `The host name ${host} belongs to app a-b in c.`,
      );
      expect(second).toContain('such as {app}.{environment}.{tenant}.apps');
    }
  });

  it('keeps the address of the app that has it, even if another is older', () => {
    const older = asking('a-b', 'c', { created: early });
    const holder = asking('a', 'b-c', {
      created: late,
      url: `https://${host}`,
    });
    expect(outcome(older, holder)[0]).toBe(`a b-c ${host}`);
  });

  it('does not name apps of other tenants', () => {
    const [, refused] = outcome(
      asking('a', 'b-c', { tenant: 'secret', created: early }),
      asking('a', 'b-c', { tenant: 'rates', created: late }),
    );
    expect(refused).toContain('belongs to an app of another tenant');
    expect(refused).not.toContain('secret');
  });

  it('refuses host names that are too long, which do not take a name from others', () => {
    const [refused] = outcome(asking('a'.repeat(40), 'b'.repeat(40)));
    expect(refused).toContain('{app}-{environment} of hostRule becomes');
  });
});
