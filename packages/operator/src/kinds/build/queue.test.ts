import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isOpen, queueOf, turnsOf } from './queue';

/** A build that was requested at a minute. */
function build(
  tenant: string,
  name: string,
  minute: number,
  status: Build['status'] = {},
  dockerfile = false,
): Build {
  const creationTimestamp = `2026-11-28T12:0${minute}:00Z`;
  return {
    metadata: { name, namespace: `${tenant}--home`, creationTimestamp },
    spec: dockerfile ? { image: { dockerfile } } : {},
    status,
  } as Build;
}

const namesOf = (builds: Build[]) =>
  builds.map(({ metadata }) => metadata.name);
const ended = (minute: number) => ({
  phase: 'Succeeded' as const,
  finishedAt: `2026-11-28T12:0${minute}:00Z`,
});

describe('isOpen', () => {
  it.each([
    [undefined, true],
    ['Pending', true],
    ['Running', true],
    ['Succeeded', false],
    ['Failed', false],
    ['Cancelled', false],
  ] as const)('of a build with the phase %s is %s', (phase, expected) => {
    expect(isOpen(build('desk', 'one', 1, { phase }))).toBe(expected);
  });
});

describe('turnsOf', () => {
  it('gives each tenant one turn, for its oldest build', () => {
    const turns = turnsOf(
      [
        build('desk', 'later', 2),
        build('desk', 'first', 1),
        build('risk', 'other', 3),
      ],
      2,
    );
    expect(namesOf(turns)).toEqual(['first', 'other']);
  });

  it('keeps the turn of a build that runs', () => {
    const turns = turnsOf(
      [
        build('desk', 'older', 1),
        build('desk', 'running', 2, { phase: 'Running' }),
        build('risk', 'other', 0),
      ],
      2,
    );
    expect(namesOf(turns)).toEqual(['running', 'other']);
  });

  it('prefers tenants that waited longer since their last build', () => {
    const turns = turnsOf(
      [
        build('busy', 'done', 0, ended(5)),
        build('busy', 'old', 1),
        build('desk', 'served', 0, ended(4)),
        build('desk', 'next', 3),
      ],
      2,
    );
    expect(namesOf(turns)).toEqual(['next', 'old']);
  });

  it('lets no new build overtake one that waits, even of a tenant without earlier builds', () => {
    const turns = turnsOf(
      [
        build('busy', 'done', 0, ended(5)),
        build('busy', 'old', 1),
        build('new', 'newest', 6),
      ],
      2,
    );
    expect(namesOf(turns)).toEqual(['old', 'newest']);
  });

  it('keeps a place free of Dockerfiles, also for what waits behind one', () => {
    const long = [
      build('busy', 'first', 1, {}, true),
      build('desk', 'second', 2, {}, true),
    ];
    expect(namesOf(turnsOf([...long, build('desk', 'behind', 3)], 2))).toEqual([
      'first',
      'behind',
    ]);
    expect(namesOf(turnsOf(long, 1))).toEqual(['first']);
  });
});

describe('queueOf', () => {
  it('serves the tenants in turn', () => {
    const queue = queueOf([
      build('busy', 'busy-1', 1, { phase: 'Running' }),
      build('busy', 'busy-2', 1),
      build('busy', 'busy-3', 1),
      build('desk', 'desk-1', 2),
      build('desk', 'desk-2', 3),
      build('risk', 'risk-1', 4),
      build('risk', 'ended', 0, ended(1)),
    ]);
    expect(namesOf(queue)).toEqual([
      ...['busy-1', 'desk-1', 'risk-1'],
      ...['busy-2', 'desk-2'],
      'busy-3',
    ]);
  });

  it('is empty without open builds', () => {
    expect(queueOf([build('desk', 'served', 0, ended(4))])).toEqual([]);
  });
});
