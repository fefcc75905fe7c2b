import { describeRequest } from './describeRequest';
import type { ChangeRequest } from '../../kinds';

describe('describeRequest', () => {
  const words = (spec: Partial<ChangeRequest['spec']>) =>
    describeRequest({
      spec: {
        target: { kind: 'Tenant', name: 'rates-desk' },
        action: 'create',
        proposed: {},
        reason: 'Needed.',
        requestedBy: 'user:default/rita',
        ...spec,
      },
    });

  it.each([
    [{ proposed: { title: 'Rates desk' } }, 'New tenant Rates desk'],
    [{ proposed: { title: 'Rates' } }, 'New tenant Rates (rates-desk)'],
    [{ action: 'renew' as const }, 'Renew rates-desk'],
    [
      {
        action: 'promote' as const,
        target: {
          kind: 'App' as const,
          name: 'prices',
          namespace: 'rates-desk--home',
        },
        proposed: { environment: 'prod', release: 'prices-r1' },
      },
      'Promote prices r1 to prod',
    ],
    [
      {
        action: 'grantAccess' as const,
        target: {
          kind: 'App' as const,
          name: 'prices',
          namespace: 'rates-desk--home',
        },
        proposed: { environment: 'prod', expiresAt: '2027-01-01T00:00:00Z' },
      },
      'Read access to prices in prod',
    ],
  ])('says what %j asks for', (spec, expected) => {
    expect(words(spec)).toBe(expected);
  });
});
