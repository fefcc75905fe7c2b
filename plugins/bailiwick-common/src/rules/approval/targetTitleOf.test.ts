import { apiVersion, type ChangeRequest, type Tenant } from '../../kinds';
import { targetTitleOf } from './targetTitleOf';

const aRequest = (
  action: 'create' | 'offboard',
  hour: number,
  {
    phase = 'Applied',
    title,
  }: { phase?: 'Applied' | 'Denied'; title?: string } = {},
): ChangeRequest => ({
  apiVersion,
  kind: 'ChangeRequest',
  metadata: {
    name: `guest-desk-${action}-${hour}`,
    creationTimestamp: `2026-11-20T0${hour}:00:00Z`,
  },
  spec: {
    target: { kind: 'Tenant', name: 'guest-desk' },
    action,
    proposed: { title },
    reason: 'For this week.',
    requestedBy: 'user:default/rita',
  },
  status: { phase },
});

describe('targetTitleOf', () => {
  const offboarding = aRequest('offboard', 3);
  const titleAmong = (...all: ChangeRequest[]) =>
    targetTitleOf(offboarding, undefined, {
      apps: { get: () => undefined },
      requests: { list: () => [offboarding, ...all] },
    });

  it('is the title of the tenant', () => {
    const tenant = { spec: { title: 'Guest desk' } } as Tenant;
    const lists = {
      apps: { get: () => undefined },
      requests: { list: () => [] },
    };
    expect(targetTitleOf(offboarding, tenant, lists)).toBe('Guest desk');
  });

  it('is the requested title of a deleted tenant, not that of another one with its name', () => {
    expect(
      titleAmong(
        aRequest('create', 4, { title: 'Later desk' }),
        aRequest('create', 2, { title: 'Guest desk' }),
        aRequest('create', 1, { title: 'Earlier desk' }),
      ),
    ).toBe('Guest desk');
  });

  it('ignores titles that no one approved', () => {
    expect(
      titleAmong(aRequest('create', 2, { phase: 'Denied', title: 'Guests' })),
    ).toBeUndefined();
  });
});
