import { aPlan, aTenant } from '../../../__fixtures__/views';
import { bannersOf } from './bannersOf';

const now = Date.parse('2026-11-20T12:00:00Z');
const plan = aPlan();

describe('bannersOf', () => {
  const told = (
    spec: Partial<ReturnType<typeof aTenant>['spec']>,
    fields: Partial<ReturnType<typeof aTenant>> = {},
  ) =>
    bannersOf(
      {
        plan,
        tenant: aTenant({ ...fields, spec: { ...aTenant().spec, ...spec } }),
      },
      now,
    );

  it('returns nothing for a tenant without problems', () => {
    expect(told({})).toEqual([]);
    expect(told({ expiresAt: '2026-12-05T12:00:00Z' })).toEqual([]);
  });

  it.each([
    ['2026-12-04T12:00:00Z', 'Expires in 14 days'],
    ['2026-11-21T08:00:00Z', 'Expires in 1 day'],
  ])('warns before the end on %s', (expiresAt, title) => {
    const [banner] = told({ expiresAt });
    expect(banner).toMatchObject({
      title,
      severity: 'warning',
      offers: 'renew',
    });
  });

  it('shows the end, and until when data is kept while it is suspended', () => {
    const expiresAt = '2026-11-19T12:00:00Z';
    expect(told({ expiresAt })[0].title).toBe('Expired on November 19, 2026');
    const [suspended] = told(
      { expiresAt },
      { status: { phase: 'Suspended', suspendedAt: '2026-11-19T13:00:00Z' } },
    );
    expect(suspended.title).toBe('Suspended');
    expect(suspended.text).toContain('expired on November 19, 2026');
    expect(suspended.text).toContain('kept until December 3, 2026');
  });

  it('shows the reason of a cordon', () => {
    const at = '2026-11-18T12:00:00Z';
    const [banner] = told({
      cordon: { reason: 'An incident.', by: 'user:default/pia', at },
    });
    expect(banner.title).toBe('Cordoned since November 18, 2026');
    expect(banner.text).toContain('“An incident.”');
  });

  it('offers nothing more for a tenant that is being deleted', () => {
    const metadata = { name: 'x', deletionTimestamp: '2026-11-20T11:00:00Z' };
    const banners = told({ expiresAt: '2026-11-19T12:00:00Z' }, { metadata });
    expect(banners.map(({ title }) => title)).toEqual(['Being deleted']);
  });
});
