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
  ])('describes %j', (spec, expected) => {
    expect(words(spec)).toBe(expected);
  });

  it.each([
    ['prices-r5', 'Roll Month-end prices in prod back to r2'],
    ['prices-r10', 'Roll Month-end prices in prod back to r2'],
    ['prices-r1', 'Promote Month-end prices r2 to prod'],
    ['other-r5', 'Promote Month-end prices r2 to prod'],
    [undefined, 'Promote Month-end prices r2 to prod'],
  ])('tells a rollback from a promotion: r2 instead of %s', (before, title) => {
    const spec = {
      action: 'promote' as const,
      target: { kind: 'App' as const, name: 'prices' },
      proposed: { environment: 'prod', release: 'prices-r2' },
      reason: 'Needed.',
      requestedBy: 'user:default/rita',
    };
    expect(
      describeRequest({
        spec,
        status: { before: { environment: 'prod', release: before } },
        targetTitle: 'Month-end prices',
      }),
    ).toBe(title);
  });

  const forged = 'Your password expires today: https://elsewhere.example';
  it.each([
    ['promote' as const, 'Promote prices'],
    ['grantAccess' as const, 'Read access to prices'],
  ])('shows no text of an invalid request: %s', (action, expected) => {
    const target = {
      kind: 'App' as const,
      name: 'prices',
      namespace: 'rates-desk--home',
    };
    const proposed = { environment: forged, release: forged, title: forged };
    expect(words({ action, target, proposed })).toBe(expected);
  });

  it.each(['x'.repeat(81), 'Rates\u202edesk', ''])(
    'rejects the invalid title %j',
    title => {
      expect(words({ proposed: { title } })).toBe('New tenant rates-desk');
    },
  );

  it('names the target by its title where that is known', () => {
    const spec = {
      target: {
        kind: 'App' as const,
        name: 'prices',
        namespace: 'rates-desk--home',
      },
      action: 'promote' as const,
      proposed: { environment: 'prod', release: 'prices-r3' },
      reason: 'Needed.',
      requestedBy: 'user:default/rita',
    };
    expect(describeRequest({ spec, targetTitle: 'Month-end prices' })).toBe(
      'Promote Month-end prices r3 to prod',
    );
  });

  it('uses a proposed title only for a new tenant', () => {
    expect(words({ action: 'renew', proposed: { title: forged } })).toBe(
      'Renew rates-desk',
    );
  });
});
