import type { ChangeRequest } from '../../kinds/changeRequest';
import type { Tenant } from '../../kinds/tenant';
import { annotations } from '../../kinds/naming/labels';
import { concernsTenant, tenantOf } from './concernsTenant';

const tenant: Pick<Tenant, 'metadata'> = {
  metadata: {
    name: 'desk',
    uid: 'second',
    creationTimestamp: '2026-06-01T00:00:00Z',
    annotations: { [annotations.changeRequest]: 'its-own' },
  },
};

function request(
  action: ChangeRequest['spec']['action'],
  changes: { uid?: string; at?: string; judged?: string; target?: object },
): Pick<ChangeRequest, 'metadata' | 'spec' | 'status'> {
  const { at = '2026-07-01T00:00:00Z', judged, target, uid } = changes;
  return {
    metadata: { name: 'r', uid, creationTimestamp: at },
    spec: {
      action,
      target: { kind: 'Tenant', name: 'desk', ...target },
    } as ChangeRequest['spec'],
    status: judged ? { evidence: { tenantUid: judged } } : undefined,
  };
}

describe('concernsTenant', () => {
  it.each([
    ['judged of it', request('renew', { judged: 'second' }), true],
    ['judged of an earlier one', request('renew', { judged: 'first' }), false],
    ['not judged, of its time', request('renew', {}), true],
    [
      'not judged, of the time before it',
      request('renew', { at: '2026-05-01T00:00:00Z' }),
      false,
    ],
    ['that made it', request('create', { uid: 'its-own' }), true],
    ['for another one of its name', request('create', { uid: 'x' }), false],
    ['of another name', request('renew', { target: { name: 'b' } }), false],
    [
      'of one of its apps',
      request('promote', {
        target: { kind: 'App', name: 'feed', namespace: 'desk--home' },
      }),
      true,
    ],
    [
      "of another tenant's app",
      request('promote', {
        target: { kind: 'App', name: 'desk', namespace: 'b--home' },
      }),
      false,
    ],
  ])('recognizes a request %s', (_, asked, is) => {
    expect(concernsTenant(asked, tenant)).toBe(is);
  });
});

describe('tenantOf', () => {
  const tenants = {
    get: (name: string) => (name === 'desk' ? tenant : undefined),
  };

  it.each([
    [request('renew', {}), tenant],
    [request('renew', { judged: 'first' }), undefined],
    [request('renew', { target: { name: 'b' } }), undefined],
    [
      request('promote', {
        target: { kind: 'App', name: 'feed', namespace: 'desk--home' },
      }),
      tenant,
    ],
    [
      request('promote', {
        target: { kind: 'App', name: 'feed', namespace: 'desk--dev' },
      }),
      undefined,
    ],
    [request('promote', { target: { kind: 'App', name: 'feed' } }), undefined],
  ])('finds the tenant of %j', (asked, found) => {
    expect(tenantOf(asked, tenants)).toBe(found);
  });
});
