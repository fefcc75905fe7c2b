import type { FleetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { fleetLists } from './__fixtures__/fleetLists';
import { FleetFeed } from './FleetFeed';
import { FleetReader } from './FleetReader';

describe('FleetReader', () => {
  let lists: ReturnType<typeof fleetLists>;
  let feed: FleetFeed;
  /** Tenants that the reader may see. */
  let mine: string[];
  let isFull: boolean;
  let sent: { id: string; message: any }[];

  beforeEach(() => {
    jest.useFakeTimers();
    lists = fleetLists();
    lists.apps.set('rates', 'prices');
    lists.apps.set('rates', 'curves');
    lists.apps.set('labs', 'genomes');
    feed = new FleetFeed(lists);
    mine = ['rates'];
    isFull = false;
    sent = [];
  });
  afterEach(() => jest.useRealTimers());

  function open(lastEventId?: string) {
    const reader = new FleetReader({
      feed,
      sees: ({ id }) => mine.includes(id.split('/')[0]),
      tenants: (): FleetTenant[] =>
        mine.map(name => ({
          name,
          title: name,
          myRole: 'owner',
          operates: ['dev'],
        })),
      write: (data, id) => {
        sent.push({ id, message: JSON.parse(data) });
        return !isFull;
      },
    });
    reader.open(lastEventId);
    const leave = feed.subscribe(change => reader.update(change));
    return { reader, leave };
  }

  const settle = () => jest.advanceTimersByTime(100);
  const names = (items: { name: string }[]) => items.map(({ name }) => name);
  const last = () => sent.at(-1)!.message;

  it('starts with the rows that the reader can see, and omits the rest', () => {
    open();
    expect(last()).toMatchObject({
      type: 'snapshot',
      items: [{ name: 'prices' }, { name: 'curves' }],
      tenants: [{ name: 'rates', myRole: 'owner' }],
    });
    lists.apps.fail('labs', 'genomes', 'It crashes.');
    lists.apps.delete('labs', 'genomes');
    settle();
    expect(sent).toHaveLength(1);
  });

  it('reports each change, and deleted rows', () => {
    open();
    lists.apps.fail('rates', 'prices', 'It crashes.');
    lists.apps.delete('rates', 'curves');
    settle();
    expect(last()).toMatchObject({
      type: 'changed',
      items: [{ name: 'prices', health: 'Failed' }],
      removed: ['rates/curves'],
    });
  });

  it('shows and hides the apps of a tenant with the role in it', () => {
    open();
    mine = ['labs'];
    lists.tenants.set('rates', { generation: 2 });
    lists.tenants.set('labs', { generation: 2 });
    settle();
    expect(last()).toMatchObject({
      items: [{ name: 'genomes' }],
      removed: ['rates/prices', 'rates/curves'],
      tenants: [{ name: 'labs' }],
    });
  });

  it('sends only changes after a reconnect', () => {
    const { leave } = open();
    leave();
    lists.apps.fail('rates', 'prices', 'It crashes.');
    lists.apps.fail('labs', 'genomes', 'It crashes.');
    settle();
    open(sent[0].id);
    expect(last()).toMatchObject({ type: 'changed', removed: [] });
    expect(names(last().items)).toEqual(['prices']);
    open(sent[1].id);
    expect(last()).toEqual({ type: 'changed', items: [], removed: [] });
  });

  it.each([
    ['lost a role', () => (mine = [])],
    ['gained a role', () => (mine = ['rates', 'labs'])],
    ['changed one role for another', () => (mine = ['labs'])],
    ['missed that an app is gone', () => lists.apps.delete('rates', 'curves')],
    ['missed that an app is new', () => lists.apps.set('rates', 'new')],
  ])('starts again for a reader who %s meanwhile', (_, happen) => {
    const { leave } = open();
    leave();
    happen();
    settle();
    open(sent[0].id);
    expect(last().type).toBe('snapshot');
  });

  it.each(['', 'x', '..', 'other.1.2:0:0', 'NaN.NaN.NaN'])(
    'starts again after an unknown message: %p',
    id => {
      open(id);
      expect(last().type).toBe('snapshot');
    },
  );

  it('starts again for readers from before a restart of the portal', () => {
    open();
    feed = new FleetFeed(lists);
    open(sent[0].id);
    expect(last().type).toBe('snapshot');
  });

  it('buffers nothing for a slow reader, and then sends the newest rows', () => {
    isFull = true;
    const { reader } = open();
    for (let change = 0; change < 50; change += 1) {
      lists.apps.fail('rates', 'prices', `Crash ${change}.`);
      settle();
    }
    lists.apps.delete('rates', 'curves');
    lists.apps.set('rates', 'passing');
    settle();
    lists.apps.delete('rates', 'passing');
    settle();
    expect(sent).toHaveLength(1);

    isFull = false;
    reader.catchUp();
    expect(sent).toHaveLength(2);
    expect(last().items).toHaveLength(1);
    expect(last()).toMatchObject({
      items: [{ environments: [{ why: 'Crash 49.' }] }],
      removed: ['rates/curves'],
    });
    lists.apps.fail('rates', 'prices', 'Another crash.');
    settle();
    expect(sent).toHaveLength(3);
  });

  it('sends nothing to a slow reader who missed nothing', () => {
    isFull = true;
    const { reader } = open();
    reader.catchUp();
    expect(sent).toHaveLength(1);
  });
});
