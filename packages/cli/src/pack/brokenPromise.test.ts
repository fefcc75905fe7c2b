import {
  labels,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { pack } from '@bailiwick/backstage-testing/objects';
import { brokenPromise } from './brokenPromise';

type Spec = DomainPack['spec'];

function market(version: string, changes: Partial<Spec> = {}): DomainPack {
  const { spec, ...rest } = pack('market');
  return { ...rest, spec: { ...spec, version, ...changes } };
}

function kept(version: string, changes: Partial<Spec> = {}): DomainPack {
  const name = keptPackName('market', version);
  const metadata = { name, labels: { [labels.versionOf]: 'market' } };
  return { ...market(version, changes), metadata };
}

const cosmetic = { title: 'Markets' };
const breaking = { archetypes: [] };

describe('brokenPromise', () => {
  it.each([
    ['nothing is installed', market('1.0.0'), []],
    ['it is installed already', market('1.0.0'), [market('1.0.0')]],
    ['its number says so', market('1.0.1', cosmetic), [market('1.0.0')]],
    [
      'its number says that it breaks',
      market('2.0.0', breaking),
      [market('1.9.0')],
    ],
    [
      'what is there was for trying it',
      market('1.0.0', breaking),
      [market('1.0.0-rc.2')],
    ],
    [
      'one of the owners stays',
      market('1.0.1', {
        owners: ['group:default/new', 'group:default/platform'],
      }),
      [market('1.0.0')],
    ],
  ])('is none when %s', (_, wanted, installed) => {
    expect(brokenPromise(wanted, installed)).toBeUndefined();
  });

  it.each([
    [
      'an older version',
      market('1.9.0'),
      [market('1.10.0')],
      'market 1.10.0 is installed; 1.9.0 is older.',
      'Raise version in pack.yaml, or downgrade with --force.',
    ],
    [
      'what was for trying it',
      market('1.0.0-rc.1', cosmetic),
      [market('1.0.0')],
      'market 1.0.0 is installed; 1.0.0-rc.1 is older.',
      'Raise version in pack.yaml to 1.0.1 or later',
    ],
    [
      'the same version with other content',
      market('1.0.0', cosmetic),
      [market('1.0.0')],
      'market 1.0.0 is already installed with different content.',
      'Raise version in pack.yaml to 1.0.1 or later',
    ],
    [
      'the same version for trying with other content',
      market('1.0.0-rc.1', cosmetic),
      [market('1.0.0-rc.1')],
      'market 1.0.0-rc.1 is already installed with different content.',
      'Raise version in pack.yaml to 1.0.0 or later',
    ],
    [
      'a version that is kept with other content',
      market('1.1.0', cosmetic),
      [market('1.0.0'), kept('1.1.0')],
      'market 1.1.0 is already installed with different content.',
      'Raise version in pack.yaml to 1.1.1 or later',
    ],
    [
      'a number that is too low for what breaks',
      market('1.0.1', breaking),
      [market('1.0.0')],
      'The changes since market 1.0.0 need version 2.0.0 or later; pack.yaml has 1.0.1.',
      'Raise version in pack.yaml to 2.0.0 or later',
    ],
    [
      'a pack of others',
      market('3.0.0', { owners: ['group:default/farmers'] }),
      [market('1.0.0')],
      "Another team's pack market is installed: Market, owned by group:default/platform.",
      'Rename your pack (metadata.name in pack.yaml)',
    ],
  ])('reports %s', (_, wanted, installed, message, remedy) => {
    const told = brokenPromise(wanted, installed);
    expect(told?.message).toBe(message);
    expect(told?.remedy).toContain(remedy);
  });
});
