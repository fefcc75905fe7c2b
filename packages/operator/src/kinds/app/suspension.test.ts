import { tenant } from '@bailiwick/backstage-testing/objects';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { suspensionOf, suspensionKey } from './suspension';

const at = '2027-01-01T00:00:00Z';
const environment = (name: string, suspendedAt?: string) => ({
  name,
  namespace: `desk--${name}`,
  ready: true,
  ...(suspendedAt && { suspendedAt }),
});

function desk(status: Tenant['status']): Tenant {
  const found = tenant('desk', { expiresAt: at });
  const [dev, prod] = found.spec.environments;
  const environments = [dev, { ...prod, expiresAt: at }];
  return { ...found, spec: { ...found.spec, environments }, status };
}

describe('suspensionOf', () => {
  it('is nothing while the tenant lives, or is not there', () => {
    expect(suspensionOf(desk({}), 'dev')).toBeUndefined();
    expect(suspensionOf(undefined, 'dev')).toBeUndefined();
  });

  it('holds for all environments of a tenant that ended', () => {
    const ended = desk({ suspendedAt: at });
    expect(suspensionOf(ended, 'dev')).toEqual({
      health: 'Suspended',
      why: `Tenant desk expired on ${at}: its apps are stopped, data is kept.`,
      next: 'Request a renewal on the tenant page.',
    });
    expect(suspensionOf(ended, 'prod')).toBeDefined();
  });

  it('holds for the one environment that ended', () => {
    const one = desk({
      environments: [environment('dev'), environment('prod', at)],
    });
    expect(suspensionOf(one, 'dev')).toBeUndefined();
    expect(suspensionOf(one, 'prod')?.why).toContain(
      `Environment prod expired on ${at}`,
    );
  });
});

describe('suspensionKey', () => {
  it('differs when something was suspended or woken, and for nothing else', () => {
    const lives = desk({ environments: [environment('prod')] });
    const sampled = desk({ environments: [environment('prod')], usage: [] });
    const ended = desk({ environments: [environment('prod', at)] });
    expect(suspensionKey(sampled)).toBe(suspensionKey(lives));
    expect(suspensionKey(ended)).not.toBe(suspensionKey(lives));
    expect(suspensionKey(desk({ suspendedAt: at }))).not.toBe(
      suspensionKey(desk({})),
    );
  });
});
