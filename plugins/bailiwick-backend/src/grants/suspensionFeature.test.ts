import {
  annotations,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { findChanged } from './suspensionFeature';

const url = 'http://portal.test/api/bailiwick';
const here = { [annotations.portal]: url };
const elsewhere = { [annotations.portal]: 'http://other.test/api/bailiwick' };
const ada = 'user:default/ada';

function grant(
  from: Record<string, string> | undefined,
  membership: string | undefined,
  suspendedAt?: string,
): Grant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Grant',
    metadata: { name: 'reads', annotations: from },
    spec: {
      app: 'prices',
      environment: 'dev',
      client: 'api',
      subject: ada,
      membership,
      expiresAt: '2027-01-01T00:00:00Z',
      tokenHash: `sha256:${'0'.repeat(64)}`,
    },
    status: { suspendedAt },
  };
}

/** Whether the status of a grant of Ada is changed. */
async function isChanged(
  one: Grant,
  {
    absent = true,
    departed = absent,
  }: { absent?: boolean; departed?: boolean },
): Promise<boolean> {
  const changed = await findChanged([one], url, {
    findAbsent: async users => new Set(absent ? users : []),
    findDeparted: async users => new Set(departed ? users : []),
  });
  return changed.includes(one);
}

describe('the grants of a person who has left', () => {
  it.each([
    ['from this portal', here, 'group:default/rates', true],
    ['from another portal', elsewhere, ada, false],
    ['without a portal, by own membership', undefined, ada, true],
    ['without a portal, by a group', undefined, 'group:default/rates', false],
    ['without a portal, from an owner', undefined, undefined, false],
  ])('are suspended: %s', async (_, from, membership, expected) => {
    expect(await isChanged(grant(from, membership), {})).toBe(expected);
  });

  it('work again only when the person is back', async () => {
    const suspended = grant(here, ada, '2026-11-20T12:00:00Z');
    expect(await isChanged(suspended, { absent: false })).toBe(true);
    expect(await isChanged(suspended, { departed: false })).toBe(false);
    expect(await isChanged(suspended, {})).toBe(false);
  });

  it('are not suspended while the catalog may be reading', async () => {
    expect(await isChanged(grant(here, ada), { departed: false })).toBe(false);
  });
});
