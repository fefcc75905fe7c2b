import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { turnsOf } from './reconcileBuild';

/** A build that was requested at a minute. */
function build(
  tenant: string,
  name: string,
  minute: number,
  status: Build['status'] = {},
): Build {
  const creationTimestamp = `2026-11-28T12:0${minute}:00Z`;
  return {
    metadata: { name, namespace: `${tenant}--home`, creationTimestamp },
    status,
  } as Build;
}

const namesOf = (builds: Build[]) =>
  turnsOf(builds).map(({ metadata }) => metadata.name);
const ended = (minute: number) => ({
  phase: 'Succeeded' as const,
  finishedAt: `2026-11-28T12:0${minute}:00Z`,
});

describe('turnsOf', () => {
  it('gives each tenant one turn, for its oldest build', () => {
    expect(
      namesOf([
        build('desk', 'later', 2),
        build('desk', 'first', 1),
        build('risk', 'other', 3),
      ]),
    ).toEqual(['first', 'other']);
  });

  it('keeps the turn of a build that runs', () => {
    expect(
      namesOf([
        build('desk', 'older', 1),
        build('desk', 'running', 2, { phase: 'Running' }),
        build('risk', 'other', 0),
      ]),
    ).toEqual(['running', 'other']);
  });

  it('prefers tenants that waited longer since their last build', () => {
    expect(
      namesOf([
        build('busy', 'done', 0, ended(5)),
        build('busy', 'old', 1),
        build('desk', 'served', 0, ended(4)),
        build('desk', 'next', 3),
        build('new', 'newest', 6),
      ]),
    ).toEqual(['newest', 'next', 'old']);
  });
});
