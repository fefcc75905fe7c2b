import type { FleetRow } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { aFleetRow } from '../../__fixtures__/views';
import { pickApps, readCriteria } from './fleetCriteria';

const [dev, prod] = aFleetRow().environments;
const rows: FleetRow[] = [
  aFleetRow({
    name: 'prices',
    health: 'Failed',
    environments: [dev, { ...prod, cluster: 'west', health: 'Failed' }],
  }),
  aFleetRow({
    name: 'curves',
    tenant: 'labs',
    pack: 'genes',
    version: '2.0.0',
    owner: 'group:default/lab',
    environments: [dev],
  }),
  aFleetRow({ name: 'nowhere', environments: [], health: 'Unknown' }),
];

const pick = (address: string) =>
  pickApps(
    rows,
    readCriteria(new URLSearchParams(address)),
    tenant => `${tenant} title`,
  );
const names = (address: string) => pick(address).map(({ row }) => row.name);

describe('pickApps', () => {
  it.each([
    ['', ['prices', 'curves', 'nowhere']],
    ['tenant=labs', ['curves']],
    ['domain=genes', ['curves']],
    ['version=genes+2.0.0', ['curves']],
    ['version=genes+1.0.0', []],
    ['owner=group:default/lab', ['curves']],
    ['environment=dev', ['prices', 'curves']],
    ['environment=prod', ['prices']],
    ['cluster=west', ['prices']],
    ['cluster=west&environment=dev', []],
    ['health=Failed', ['prices']],
    ['health=Failed,Unknown', ['prices', 'nowhere']],
    ['health=nonsense', ['prices', 'curves', 'nowhere']],
    ['health=Failed&environment=dev', []],
    ['q=LABS+TITLE', ['curves']],
    ['q=prices-7', ['prices']],
    ['q=nothing+of+the+kind', []],
  ])('finds by %p %p', (address, expected) => {
    expect(names(address)).toEqual(expected);
  });

  it('shows the matching environments of an app, with their health', () => {
    const [{ health, places }] = pick('environment=dev');
    expect(health).toBe('Healthy');
    expect(places).toEqual([dev]);
  });
});
