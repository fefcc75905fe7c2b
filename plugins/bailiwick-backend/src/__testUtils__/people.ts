import { mockCredentials } from '@backstage/backend-test-utils';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** The people of the tests, as Backstage's sign-in and the catalog know them. */
export const people = {
  /** Runs the platform. */
  pia: person('pia', 'platform'),
  /** Owns the tenant. */
  rita: person('rita', 'rates'),
  /** Builds apps in it. */
  bea: person('bea'),
  /** Reads in it. */
  tom: person('tom', 'traders'),
  /** Has nothing to do with it. */
  eve: person('eve', 'others'),
};

/** Name of a person in the tests. */
export type Name = keyof typeof people;

function person(name: string, ...groups: string[]): Person {
  return {
    user: `user:default/${name}`,
    groups: groups.map(group => `group:default/${group}`),
  };
}

/** Headers that identify a request as one of a person. */
export function signedInAs(name: Name): Record<string, string> {
  return { authorization: mockCredentials.user.header(people[name].user) };
}

/** The groups of the people as entities of the catalog. */
export const groupEntities = [
  ...new Set(Object.values(people).flatMap(({ groups }) => groups)),
].map(reference => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: reference.split('/')[1], namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: Object.values(people)
    .filter(({ groups }) => groups.includes(reference))
    .map(({ user }) => ({ type: 'hasMember', targetRef: user })),
}));

/** The person as an entity of the catalog. */
export function userEntity({ groups, user }: Person) {
  const name = user.split('/')[1];
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [], profile: { email: `${name}@example.com` } },
    relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
  };
}
