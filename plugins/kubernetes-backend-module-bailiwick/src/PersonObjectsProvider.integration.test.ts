import { eventually } from '@bailiwick/backstage-testing';
import { entityWith, feed, ObjectsWorld } from './__testUtils__/ObjectsWorld';
import type { PersonObjectsProvider } from './PersonObjectsProvider';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('PersonObjectsProvider on a real API server', () => {
  let world: ObjectsWorld;
  let provider: PersonObjectsProvider;

  beforeAll(async () => {
    world = await ObjectsWorld.start();
    provider = world.provider();
    await world.bind('bea', 'builder', 'dev');
    await world.bind('vic', 'viewer', 'dev');
  }, 120_000);
  afterAll(() => world?.stop(), 60_000);

  const seenBy = (user: string, of = feed) => world.seen(provider, user, of);
  /** Lists, and watches that begin with one. */
  const reads = () => world.wire.reads.length;

  it('reads nothing for people without rights', async () => {
    const before = reads();
    const { errors, names } = await seenBy('eve');
    expect({ errors, names }).toEqual({ errors: [], names: {} });
    expect(reads()).toBe(before);
  });

  it('shows the app’s objects only where the person has rights', async () => {
    const { errors, names } = await seenBy('bea');
    expect(names.services).toEqual(['rates-desk--dev/feed']);
    expect(errors).toEqual([]);
  });

  it('shows only the kinds that the person may list', async () => {
    expect(Object.keys((await seenBy('bea')).names)).toContain('configmaps');
    expect(Object.keys((await seenBy('vic')).names)).not.toContain(
      'configmaps',
    );
  });

  it('shows nothing to whom the portal’s policy keeps from the app', async () => {
    const strict = world.provider({ policy: 'DENY' });
    expect((await world.seen(strict, 'bea')).names).toEqual({});
  });

  it('reads nothing more for any number of later viewers', async () => {
    await seenBy('bea');
    const before = reads();
    const looks = Array.from({ length: 20 }, (_, index) =>
      seenBy(index % 2 ? 'bea' : 'vic'),
    );
    for (const { names } of await Promise.all(looks))
      expect(names.services).toEqual(['rates-desk--dev/feed']);
    expect(reads()).toBe(before);
  });

  it('shows changes, without the contents of code and templates', async () => {
    const before = reads();
    await world.make('bundle', 'configmaps', { data: { 'main.py': 'code' } });
    const selector = { matchLabels: { app: 'feed' } };
    const metadata = { labels: { app: 'feed' } };
    await world.make('feed-1', 'replicasets', {
      spec: {
        selector,
        template: {
          metadata,
          spec: { containers: [{ name: 'function', image: 'image' }] },
        },
      },
    });
    const { resources } = await eventually(
      'The objects are shown',
      async () => {
        const seen = await seenBy('bea');
        const { configmaps = [], replicasets = [] } = seen.names;
        return configmaps.length * replicasets.length > 0 ? seen : undefined;
      },
    );
    const text = JSON.stringify(resources);
    expect(text).toContain('"bundle"');
    expect(text).not.toContain('main.py');
    expect(text).not.toContain('"containers"');
    expect(text).not.toContain('managedFields');
    expect(reads()).toBe(before);
  });

  it.each([
    ['was cut', 0],
    ['was cut, and asks for what is too old', 1],
  ])('catches up after a watch that %s', async (_what, refusals) => {
    await seenBy('bea');
    world.wire.cut(refusals);
    const name = `late-${refusals}`;
    await world.make(name, 'services');
    await eventually('The new one is shown', async () =>
      (await seenBy('bea')).names.services?.includes(`rates-desk--dev/${name}`),
    );
  });

  it('shows nothing to a removed person', async () => {
    await world.bind('tom', 'viewer', 'dev');
    await eventually(
      'The new member sees it',
      async () => (await seenBy('tom')).names.services,
    );
    await world.unbind('tom', 'dev');
    await eventually(
      'They do not see it any more',
      async () => !(await seenBy('tom')).names.services,
    );
  });

  it('watches only while there are viewers', async () => {
    const idle = world.provider({ idleMs: 200 });
    const before = reads();
    await world.seen(idle, 'bea');
    const first = reads();
    expect(first).toBeGreaterThan(before);
    await eventually('A later look begins anew', async () => {
      await new Promise(resolve => {
        setTimeout(resolve, 400);
      });
      await world.seen(idle, 'bea');
      return reads() > first;
    });
  });

  it.each([
    ['is no app', entityWith({})],
    [
      'names an app that is not there',
      entityWith({
        'bailiwick.dev/tenant': 'rates-desk',
        'bailiwick.dev/app': 'gone',
      }),
    ],
  ])('has nothing for an entity that %s', async (_what, other) => {
    expect((await seenBy('bea', other)).items).toEqual([]);
  });
});
