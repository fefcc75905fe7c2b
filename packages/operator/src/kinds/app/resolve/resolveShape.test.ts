import type {
  AppEnvironment,
  Connection,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { chooseConnection } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { connection, packOfShapes } from '../../../__testUtils__/shapes';
import type { Caches } from '../../../cache';
import { resolveShape } from './resolveShape';

const pack = packOfShapes('market');
const place = {
  tenant: 'desk',
  environment: 'dev',
  app: 'feed',
  namespace: 'desk--dev',
};

function resolve(
  shape: string,
  parameters: AppEnvironment['parameters'] = {},
  connections: Connection[] = [],
) {
  const archetype = pack.spec.archetypes.find(({ name }) => name === shape)!;
  const caches = {
    connections: { index: () => connections },
    systemSecrets: { get: () => undefined },
  } as unknown as Caches;
  const [runtime] = pack.spec.runtimes;
  return resolveShape(caches, { pack, archetype, runtime }, place, {
    name: 'dev',
    revision: 'draft',
    parameters,
  });
}

describe('resolveShape', () => {
  it('adds nothing to an app that only answers', () => {
    expect(resolve('price-feed')).toEqual({});
  });

  it('overrides the defaults with the environment’s settings', () => {
    expect(resolve('job', { days: 3 })).toMatchObject({
      settings: { days: 3, schedule: '0 5 1 1 *' },
      run: { schedule: '0 5 1 1 *' },
      store: { size: '2Gi', functions: ['report'] },
    });
    const { run } = resolve('job', { schedule: '15 6 * * 1-5' });
    expect(run?.schedule).toBe('15 6 * * 1-5');
  });

  it('sets no schedule for a DAG without one', () => {
    expect(resolve('dag').run).not.toHaveProperty('schedule');
  });

  it.each([
    ['job', { days: 'many' }, 'days must be integer'],
    [
      'job',
      { schedule: 'soon' },
      'The setting schedule in dev is not a valid schedule',
    ],
    ['mqtt', { topics: [] }, 'Setting topics in dev is not a list of topics'],
    ['mqtt', { topics: [1] }, 'topics.0 must be string'],
  ])('refuses settings of a %s: %j', (shape, parameters, words) => {
    expect(() => resolve(shape, parameters)).toThrow(words);
  });

  it('reports the missing connection of a consumer', () => {
    expect(resolve('mqtt').consumer).toMatchObject({
      topics: ['plant/#'],
      missing: 'Plant broker',
    });
    const { consumer, connections } = resolve('mqtt', {}, [connection('one')]);
    expect(consumer).not.toHaveProperty('missing');
    expect(connections).toMatchObject([{ name: 'broker', port: 8883 }]);
  });

  it('stops at a Secret that is not there', () => {
    const secret = connection('one', { secret: 'login' });
    expect(() => resolve('mqtt', {}, [secret])).toThrow(
      'Secret bailiwick-system/login of connection one does not exist or lacks the label bailiwick.dev/connection=true.',
    );
  });
});

describe('chooseConnection', () => {
  const all = [
    connection('b'),
    connection('a'),
    connection('in-dev', { environments: ['dev'] }),
    connection('of-desk', { tenants: ['desk'] }),
    connection('of-desk-in-dev', { tenants: ['desk'], environments: ['dev'] }),
    connection('of-others', { tenants: ['other'], environments: ['dev'] }),
    connection('in-prod', { tenants: ['desk'], environments: ['prod'] }),
  ];
  const without = (...names: string[]) =>
    all.filter(({ metadata }) => !names.includes(metadata.name));

  it('prefers the most specific one that the environment can use', () => {
    const choose = (some: Connection[]) =>
      chooseConnection(some, place)?.metadata.name;
    const tried = ['of-desk-in-dev', 'of-desk', 'in-dev', 'a', 'b'];
    expect(
      tried.map((_, count) => choose(without(...tried.slice(0, count)))),
    ).toEqual(tried);
    expect(choose(without(...tried))).toBeUndefined();
  });
});
