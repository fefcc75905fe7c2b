import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  isWanted,
  ownerSlug,
  workspaceName,
  type Workspace,
} from './workspace';

const policy = readFileSync(
  resolve(
    __dirname,
    '../../../../charts/bailiwick/templates/policies-workspaces.yaml',
  ),
  'utf8',
);

/** Evaluates the replacements of a CEL expression such as `name.replace('/', '-')`, which replaces all unless it counts. */
function replaceAsIn(cel: string, name: string): string {
  const steps = [...cel.matchAll(/\.replace\('(.+?)', '(.*?)'(, 1)?\)/g)];
  return steps.reduce(
    (result, [, from, to, once]) =>
      once ? result.replace(from, to) : result.replaceAll(from, to),
    name,
  );
}

const [, slugOfPolicy] =
  policy.match(/name: slug\n\s+expression: >-\n(.*\n.*)/) ?? [];
const [, slugOfPods] = policy.match(/('workspace\.' [^|]*) \+ '\.'\)/s) ?? [];

describe.each([
  ['user:default/bea', 'default.bea'],
  ['user:default/jane.doe', 'default.jane-ddoe'],
  ['user:default/jane-doe', 'default.jane--doe'],
  ['user:default/jane-ddoe', 'default.jane--ddoe'],
  ['user:default/j_a.n.e_d', 'default.j-ua-dn-de-ud'],
  ['user:fx-desk/jane', 'fx--desk.jane'],
  ['user:fx/desk-jane', 'fx.desk--jane'],
])('the slug of %s', (owner, slug) => {
  it('belongs in names', () => {
    expect(ownerSlug(owner)).toBe(slug);
    expect(workspaceName('feed', owner)).toBe(`feed.${slug}`);
  });

  it('is the same in the policies', () => {
    expect(replaceAsIn(slugOfPolicy, owner)).toBe(slug);
    expect(replaceAsIn(slugOfPods, owner)).toBe(slug);
  });
});

describe('isWanted', () => {
  const [first, second, third] = [8, 9, 10].map(
    hour => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`,
  );
  const end = (startedAt: string): Workspace['status'] => ({
    ended: { startedAt, at: third, reason: 'idle' },
  });
  const wanted = (
    times: Pick<Workspace['spec'], 'startedAt' | 'stoppedAt'>,
    status?: Workspace['status'],
  ) => isWanted({ spec: times as Workspace['spec'], status });

  it.each([
    ['after a start', { startedAt: first }],
    ['after a later start', { startedAt: second, stoppedAt: first }],
    [
      'after times in other time zones',
      {
        startedAt: '2026-11-20T08:00:00Z',
        stoppedAt: '2026-11-20T08:59:00+01:00',
      },
    ],
  ])('holds %s', (_, times) => {
    expect(wanted(times)).toBe(true);
  });

  it('holds after the end of an earlier start', () => {
    expect(wanted({ startedAt: second }, end(first))).toBe(true);
  });

  it.each([
    ['before a start', {}],
    ['after a stop', { startedAt: first, stoppedAt: second }],
    ['after a stop at the same time', { startedAt: first, stoppedAt: first }],
  ])('does not hold %s', (_, times) => {
    expect(wanted(times)).toBe(false);
  });

  it('does not hold after an end that nobody requested', () => {
    expect(wanted({ startedAt: first }, end(first))).toBe(false);
  });
});
