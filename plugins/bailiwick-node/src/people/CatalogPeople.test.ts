import { mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import { CatalogPeople } from './CatalogPeople';

const ada = 'user:default/ada';
const ben = 'user:default/ben';

describe('CatalogPeople', () => {
  let present: Set<string>;
  let questions: string[][];
  let failure: Error | undefined;
  let now: number;
  let people: CatalogPeople;

  beforeEach(() => {
    present = new Set([ada, ben]);
    questions = [];
    failure = undefined;
    now = 0;
    people = new CatalogPeople({
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      now: () => now,
      catalog: {
        queryEntities: async () => ({
          items: [],
          pageInfo: {},
          totalItems: present.size,
        }),
        async getEntitiesByRefs({ entityRefs }) {
          questions.push(entityRefs);
          if (failure) throw failure;
          const entity = {
            apiVersion: '',
            kind: 'User',
            metadata: { name: '' },
          };
          return {
            items: entityRefs.map(ref =>
              present.has(ref) ? entity : undefined,
            ),
          };
        },
      },
    });
  });

  it('asks once about the requests of a person within 15 s', async () => {
    await Promise.all([people.requirePresent(ada), people.requirePresent(ada)]);
    now = 14_999;
    await people.requirePresent(ada);
    expect(questions).toEqual([[ada]]);
    now = 15_000;
    await people.requirePresent(ada);
    expect(questions).toHaveLength(2);
  });

  it('refuses a person who has left, with the next step', async () => {
    await people.requirePresent(ada);
    present.delete(ada);
    now = 15_000;
    const refusal = people.requirePresent(ada);
    await expect(refusal).rejects.toThrow(AuthenticationError);
    await expect(refusal).rejects.toThrow(/no user user:default\/ada/);
    present.add(ada);
    now = 30_000;
    await people.requirePresent(ada);
  });

  it('keeps its last answer while the catalog fails, and lets no stranger in', async () => {
    await people.requirePresent(ada);
    now = 60_000;
    failure = new Error('The catalog is down');
    await people.check();
    await people.requirePresent(ada);
    await expect(people.requirePresent(ben)).rejects.toThrow(
      /^The catalog does not respond.*The catalog is down/,
    );
  });

  it('waits for a new catalog that has read no people yet', async () => {
    present.clear();
    await expect(people.findDeparted([ada])).rejects.toThrow(
      'The catalog has read no people yet',
    );
    present.add(ben);
    expect(await people.findAbsent([ada])).toEqual(new Set([ada]));
  });

  it('regards nobody as departed while a new catalog may be reading, except people it has had', async () => {
    present.delete(ada);
    now = 299_999;
    expect(await people.findAbsent([ada, ben])).toEqual(new Set([ada]));
    expect(await people.findDeparted([ada, ben])).toEqual(new Set());
    now = 300_000;
    expect(await people.findDeparted([ada, ben])).toEqual(new Set([ada]));
  });

  it('forgets strangers, but nobody whom the catalog has had', async () => {
    const heard: string[] = [];
    await people.requirePresent(ada);
    await people.findAbsent(['user:default/stranger']);
    people.onDeparture(ada, () => heard.push('ada'));
    present.delete(ada);
    now = 60_000;
    await people.check();
    expect(heard).toEqual(['ada']);
    failure = new Error('The catalog is down');
    expect(await people.findDeparted([ada])).toEqual(new Set([ada]));
    await expect(people.findAbsent(['user:default/stranger'])).rejects.toThrow(
      /^The catalog does not respond/,
    );
  });

  it('reports a departure once, to those who still listen', async () => {
    const heard: string[] = [];
    people.onDeparture(ada, () => heard.push('ada'));
    people.onDeparture(ada, () => heard.push('closed'))();
    people.onDeparture(ben, () => heard.push('ben'));
    await people.check();
    expect(heard).toEqual([]);
    present.delete(ada);
    now = 15_000;
    await people.check();
    await people.check();
    expect(heard).toEqual(['ada']);
    expect(questions).toEqual([
      [ada, ben],
      [ada, ben],
    ]);
  });

  it('finds the departed among many with few questions', async () => {
    const many = Array.from(
      { length: 1_200 },
      (_, at) => `user:default/u${at}`,
    );
    expect(await people.findAbsent([ada, ...many, ada])).toEqual(new Set(many));
    expect(questions).toHaveLength(3);
  });
});
