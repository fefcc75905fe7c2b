import type { Release } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { honestWorld } from './__fixtures__/world';
import { honestStatus } from './honestStatus';

type Parts = ReturnType<typeof honestWorld>;

/** Returns the violations after a change of a consistent state. */
function after(change: (parts: Parts) => void, atRest = true): string[] {
  const parts = honestWorld();
  change(parts);
  return honestStatus(parts.world, atRest);
}

/** An environment that runs a release of a commit. */
function promote({ prices, world }: Parts, commit: string): void {
  prices.spec.environments[0].release = 'prices-1';
  const spec = { commit } as Release['spec'];
  const release = { metadata: { name: 'prices-1' }, spec } as Release;
  world.releases.set('desk--home/prices-1', release);
}

describe('O5', () => {
  it('reports nothing about a consistent world', () => {
    expect(after(() => {})).toEqual([]);
  });

  it.each<[string, (parts: Parts) => void, RegExp]>([
    [
      'a namespace is missing',
      ({ world }) => world.namespaces.delete('desk--dev'),
      /^O5: Tenant desk is ready, but desk--dev is not there/,
    ],
    [
      'a namespace is going',
      ({ world }) => {
        const { metadata } = world.namespaces.get('desk--home')!;
        metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
      },
      /desk--home is going/,
    ],
    [
      'a namespace belongs to somebody else',
      ({ world }) => {
        world.namespaces.get('desk--dev')!.metadata.labels = {};
      },
      /desk--dev is not its own/,
    ],
    [
      'a member has no access',
      ({ world }) => world.bindings[1].subjects!.pop(),
      /user:default\/tom has no access to desk--dev/,
    ],
    [
      'somebody has access who is no member',
      ({ world }) => world.bindings[0].subjects!.push({ name: 'user:x/eve' }),
      /user:x\/eve has access to desk--home/,
    ],
    [
      'a stranger has terminals',
      ({ world }) => world.bindings[2].subjects!.push({ name: 'user:x/eve' }),
      /user:x\/eve has terminals in desk--dev/,
    ],
    [
      'members have terminals where the environment is protected',
      ({ desk }) => {
        desk.spec.environments[0].protected = true;
      },
      /has terminals in desk--dev/,
    ],
    [
      'the platform team has no terminals',
      ({ world }) => world.bindings.pop(),
      /the platform team has no terminals in desk--dev/,
    ],
    [
      'the network is open',
      ({ world }) => world.policies.clear(),
      /the network of desk--home is open/,
    ],
    [
      'the quota is not that of the plan',
      ({ quota }) => {
        (quota as { spec?: object }).spec = { hard: {} };
      },
      /requests.cpu of desk--dev is undefined, not 2/,
    ],
    [
      'the phase says something else',
      ({ desk }) => {
        desk.status!.phase = 'Pending';
      },
      /its phase is Pending/,
    ],
    [
      'the status forgets an environment',
      ({ desk }) => {
        desk.status!.environments = [];
      },
      /its status tells of no environment/,
    ],
    [
      'the Deployment is missing',
      ({ world }) => world.deployments.clear(),
      /^O5: App desk--home\/prices is ready, but the Deployment desk--dev\/prices is not there/,
    ],
    [
      'other code runs than the spec asks for',
      ({ prices }) => {
        prices.spec.source.revision = '7a41b90';
      },
      /runs 3f9c1e2, not 7a41b90/,
    ],
    [
      'other code runs than that of the release',
      parts => promote(parts, '7a41b90'),
      /runs 3f9c1e2, not 7a41b90/,
    ],
    [
      'the release is missing',
      ({ prices }) => {
        prices.spec.environments[0].release = 'prices-1';
      },
      /runs 3f9c1e2, not undefined/,
    ],
    [
      'fewer pods run than the spec asks for',
      ({ prices }) => {
        prices.spec.environments[0].replicas = { min: 2, max: 2 };
      },
      /has 1 replicas, not 2 to 2/,
    ],
    [
      'the rollout is under way',
      ({ deployment }) => {
        deployment.status!.updatedReplicas = 0;
      },
      /is not rolled out/,
    ],
    [
      'nobody has seen the newest Deployment',
      ({ deployment }) => {
        deployment.metadata.generation = 2;
      },
      /is not rolled out/,
    ],
    [
      'the Service is missing',
      ({ world }) => world.services.clear(),
      /the Service desk--dev\/prices is not there/,
    ],
    [
      'the Service leads elsewhere',
      ({ service }) => {
        service.spec.selector['bailiwick.dev/app'] = 'other';
      },
      /the Service desk--dev\/prices leads elsewhere/,
    ],
    [
      'the pod is not ready',
      ({ pod }) => {
        pod.status!.conditions![0].status = 'False';
      },
      /it counts 1 of 0 ready pods/,
    ],
    [
      'the status names another commit',
      ({ prices }) => {
        prices.status!.environments![0].revision = '7a41b90';
      },
      /it says to run 7a41b90, not 3f9c1e2/,
    ],
    [
      'the status names another bundle',
      ({ prices }) => {
        prices.status!.environments![0].digest = 'sha256:def';
      },
      /it says to run the code sha256:def, not sha256:abc/,
    ],
    [
      'a condition is from the future',
      ({ prices }) => {
        prices.status!.conditions![0].observedGeneration = 4;
      },
      /Ready of App desk--home\/prices is from the future/,
    ],
    [
      'a condition is of an earlier spec although nothing changes',
      ({ desk }) => {
        desk.metadata.generation = 3;
      },
      /Ready of Tenant desk is of an earlier spec/,
    ],
    [
      'nobody says whether it is ready',
      ({ desk }) => {
        desk.status!.conditions = [];
      },
      /Tenant desk does not say whether it is ready/,
    ],
  ])('notices when %s', (_, change, words) => {
    expect(after(change)).toContainEqual(expect.stringMatching(words));
  });

  it('accepts any draft beside a release', () => {
    const promoted = (parts: Parts) => {
      promote(parts, '3f9c1e2');
      parts.prices.spec.source.revision = '7a41b90';
    };
    expect(after(promoted)).toEqual([]);
  });

  it('accepts a late status during changes', () => {
    const late = ({ desk, prices }: Parts) => {
      desk.metadata.generation = 3;
      prices.metadata.generation = 4;
    };
    expect(after(late, false)).toEqual([]);
  });

  it('requires nothing of objects that are not ready, or are being deleted', () => {
    const modest = ({ prices, world }: Parts) => {
      prices.status!.conditions![0].status = 'False';
      world.deployments.clear();
    };
    expect(after(modest)).toEqual([]);
    const going = ({ desk, world }: Parts) => {
      desk.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
      world.namespaces.clear();
    };
    expect(after(going)).toEqual([]);
  });
});
