import {
  annotations,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { aTenant } from '../__testUtils__/createTenant';
import { tenantNotices } from './tenantNotices';

const now = new Date('2026-11-20T12:00:00Z');
const end = '2026-11-22T00:00:00Z';

function desk(
  given: unknown,
  more: { spec?: Partial<Tenant['spec']>; status?: Tenant['status'] } = {},
): Tenant {
  const tenant = aTenant();
  return {
    ...tenant,
    metadata: {
      name: 'rates-desk',
      uid: 'tenant-1',
      annotations: { [annotations.endWarnings]: JSON.stringify(given) },
    },
    spec: { ...tenant.spec, expiresAt: end, ...more.spec },
    status: more.status,
  };
}

const titles = (tenant: Tenant) =>
  tenantNotices(tenant, now).map(({ title }) => title);

describe('tenantNotices', () => {
  it('passes the warnings of the operator on to the owners', () => {
    expect(tenantNotices(desk({ '': { at: end, days: 3 } }), now)).toEqual([
      {
        about: 'tenant-1',
        what: `ends::${end}:3`,
        replaces: 'tenant-1:end:',
        to: ['group:default/rates'],
        topic: 'life',
        severity: 'high',
        title: 'Tenant Rates desk expires within 3 days',
        description: expect.stringMatching(
          /^On 2026-11-22 its apps .*renew the tenant/,
        ),
        link: '/tenants/rates-desk',
      },
    ]);
  });

  it('warns of environments, too', () => {
    const environments = [
      { name: 'demo', cluster: 'local', protected: false, expiresAt: end },
    ];
    const given = { demo: { at: end, days: 1 } };
    expect(
      titles(desk(given, { spec: { environments, expiresAt: undefined } })),
    ).toEqual(['Environment demo of tenant Rates desk expires within a day']);
  });

  it.each([
    ['was renewed', { '': { at: '2026-11-21T00:00:00Z', days: 3 } }],
    ['is of another shape', { '': 3 }],
    ['is no object', 'text'],
  ])('sends no warning if the earlier one %s', (_, given) => {
    expect(titles(desk(given))).toEqual([]);
  });

  it('does not warn of an end that has passed', () => {
    const past = '2026-11-20T11:00:00Z';
    const tenant = desk(
      { '': { at: past, days: 1 } },
      {
        spec: { expiresAt: past },
        status: { suspendedAt: '2026-11-20T11:00:01Z' },
      },
    );
    expect(titles(tenant)).toEqual([
      'Tenant Rates desk has expired and is suspended',
    ]);
  });

  it('notifies all members of the removal, and of nothing else', () => {
    const tenant = desk({ '': { at: end, days: 3 } });
    tenant.metadata.deletionTimestamp = '2026-11-20T12:00:00Z';
    const [notice, ...others] = tenantNotices(tenant, now);
    expect(others).toEqual([]);
    expect(notice.title).toBe('Tenant Rates desk is being deleted');
    expect(notice.replaces).toBe('tenant-1:end:');
    expect(notice.to).toEqual([
      'group:default/rates',
      'user:default/bea',
      'group:default/traders',
    ]);
  });
});
