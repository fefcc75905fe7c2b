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
  before,
  hasStore = true,
  isSynced = true,
  nodes = 1,
  owner,
  setting,
  supported = false,
  uid = '2b6f0cc9',
}: {
  before?: boolean;
  hasStore?: boolean;
  isSynced?: boolean;
  nodes?: number;
  owner?: string;
  setting?: boolean;
  supported?: boolean;
  uid?: string;
}) {
  const features = { userNamespaces: supported };
  const annotations = owner && { 'bailiwick.dev/user': owner };
  const caches = {
    claims: {
      get: () => (isSynced ? { metadata: { annotations } } : undefined),
      isSynced,
    },
    clusters: {
      get: () => ({
        spec: { userNamespaces: setting },
        status: { capabilities: { userNamespaces: before } },
      }),
    },
    nodes: {
      list: () =>
        Array(nodes).fill({ status: { runtimeHandlers: [{ features }] } }),
    },
  } as unknown as Caches;
  return resolveUser(caches, desk(uid), 'local', instance, hasStore);
}

const mapped = { id: 1000, isMapped: true };

describe('resolveUser', () => {
  it('needs no user of the node where there are user namespaces', () => {
    expect(userOf({ supported: true })).toEqual(mapped);
  });

  it('assigns each tenant a fixed user of its own elsewhere', () => {
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

  it('keeps the last known support while no node is known', () => {
    expect(userOf({ before: true, nodes: 0 })).toEqual(mapped);
    expect(userOf({ before: false, nodes: 0 }).isMapped).toBe(false);
    expect(userOf({ nodes: 0 }).isMapped).toBe(false);
    expect(userOf({ before: true }).isMapped).toBe(false);
  });

  it('waits for the claims of an app with a volume', () => {
    const unread = { isSynced: false, supported: true };
    expect(() => userOf(unread)).toThrow(/^Loading volume claims/);
    expect(userOf({ ...unread, hasStore: false })).toEqual(mapped);
  });

  it.each(['0', '1000', 'root', '1e9.5', '2000000000', '-1'])(
    'refuses the damaged annotation %s',
    owner => {
      expect(() => userOf({ owner })).toThrow(/which is not a valid user id/);
    },
  );

  it('keeps the user of the files on the volume', () => {
    expect(userOf({ owner: '1594723539', supported: true })).toEqual({
      id: 1_594_723_539,
      isMapped: false,
    });
  });
});
