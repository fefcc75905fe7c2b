import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { tenant } from '@bailiwick/backstage-testing/objects';
import type { Caches } from '../../../cache';
import { resolveUser } from './resolveUser';

const instance = {
  tenant: 'desk',
  environment: 'dev',
  app: 'report',
  namespace: 'desk--dev',
};

function desk(uid: string): Tenant {
  const made = tenant('desk');
  return { ...made, metadata: { ...made.metadata, uid } };
}

function userOf({
  owner,
  setting,
  supported = false,
  uid = '2b6f0cc9',
}: {
  owner?: string;
  setting?: boolean;
  supported?: boolean;
  uid?: string;
}) {
  const features = { userNamespaces: supported };
  const annotations = owner && { 'bailiwick.dev/user': owner };
  const caches = {
    claims: { get: () => ({ metadata: { annotations } }) },
    clusters: { get: () => ({ spec: { userNamespaces: setting } }) },
    nodes: { list: () => [{ status: { runtimeHandlers: [{ features }] } }] },
  } as unknown as Caches;
  return resolveUser(caches, desk(uid), 'local', instance);
}

const mapped = { id: 1000, isMapped: true };

describe('resolveUser', () => {
  it('needs no user of the node where there are user namespaces', () => {
    expect(userOf({ supported: true })).toEqual(mapped);
  });

  it('gives each tenant a user of its own elsewhere, always the same', () => {
    const { id, isMapped } = userOf({});
    expect(isMapped).toBe(false);
    expect(id).toBeGreaterThanOrEqual(1_000_000_000);
    expect(id).toBeLessThan(2 ** 31);
    expect(userOf({}).id).toBe(id);
    expect(userOf({ uid: '9cc0f6b2' }).id).not.toBe(id);
  });

  it('believes the platform team more than the nodes', () => {
    expect(userOf({ setting: true })).toEqual(mapped);
    expect(userOf({ setting: false, supported: true }).isMapped).toBe(false);
  });

  it('stays the user whose files are on the volume', () => {
    expect(userOf({ owner: '1594723539', supported: true })).toEqual({
      id: 1_594_723_539,
      isMapped: false,
    });
  });
});
