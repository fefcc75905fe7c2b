import { aFleetRow } from '../../__fixtures__/views';
import { changesOfDay } from './changesOfDay';

const now = Date.parse('2026-11-20T12:00:00Z');
const [dev, prod] = aFleetRow().environments;
const changesOf = (
  madeAt: string | undefined,
  ...since: (string | undefined)[]
) => {
  const row = aFleetRow({
    madeAt,
    environments: [dev, prod].map((place, index) => ({
      ...place,
      since: since[index],
    })),
  });
  const shown = { row, places: row.environments, health: row.health };
  return changesOfDay([shown], now).map(
    ({ at, place }) => `${place?.name ?? 'made'} ${at.slice(8, 13)}`,
  );
};

describe('changesOfDay', () => {
  it('are those of a day, newest first', () => {
    expect(
      changesOf(
        '2026-11-19T12:00:01Z',
        '2026-11-20T08:00:00Z',
        '2026-11-20T10:30:00+01:00',
      ),
    ).toEqual(['prod 20T10', 'dev 20T08', 'made 19T12']);
  });

  it('are none before that time, and none of apps without a status', () => {
    expect(changesOf('2026-11-19T12:00:00Z', undefined)).toEqual([]);
    expect(changesOf(undefined, '2026-11-18T08:00:00Z')).toEqual([]);
  });
});
