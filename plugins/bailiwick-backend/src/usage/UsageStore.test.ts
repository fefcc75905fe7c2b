import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { UsageHistory } from './UsageHistory';
import { UsageStore } from './UsageStore';

describe('UsageStore', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_16'],
  });

  it.each(databases.eachSupportedId())(
    'keeps the history in %s, and reports rows that cannot be read',
    async id => {
      const client = await databases.init(id);
      const logger = mockServices.logger.mock();
      const database = { getClient: async () => client };
      const store = await UsageStore.open(database, logger);
      const now = Date.now();
      const sample = { from: now - 1, to: now, cores: 0.5, memory: 7 };
      const history = new UsageHistory();
      for (let count = 0; count < 201; count++)
        history.record({ namespace: 'desk--dev', app: `app-${count}` }, sample);
      await store.save(history);
      await store.save(history);
      await client('usage_history')
        .where('place', 'desk--dev/app-7')
        .update({ slots: '{' });

      const restored = new UsageHistory();
      await (await UsageStore.open(database, logger)).load(restored);
      const read = (app: string) =>
        restored.read({ namespace: 'desk--dev', app }, 900).at(-1);
      expect(read('app-200')).toMatchObject({ memory: 7 });
      expect(read('app-7')).toBeUndefined();
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('stored usage of desk--dev/app-7'),
      );
    },
  );
});
