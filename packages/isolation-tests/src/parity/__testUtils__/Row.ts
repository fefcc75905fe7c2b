import type { KubeRequest } from '@bailiwick/backstage-kube-controller';
import type { Estate } from '@bailiwick/backstage-testing/world';
import type { Persona, Portal } from './Portal';

function persona(name: string, ...groups: string[]): Persona {
  return {
    user: `user:default/${name}`,
    groups: groups.map(one => `group:default/${one}`),
  };
}

/** People of the tests, in relation to the tenant `alpha`. */
export const people = {
  owner: persona('alpha-owner', 'alpha'),
  builder: persona('alpha-builder'),
  viewer: persona('alpha-viewer'),
  /** Owns the other tenant. */
  neighbour: persona('beta-owner', 'beta'),
  engineer: persona('petra', 'platform'),
  stranger: persona('eve', 'others'),
};
/** Name of a person in the tests. */
export type Name = keyof typeof people;
/** All names. */
export const names = Object.keys(people) as Name[];

/** Surroundings in which rows are tested. */
export interface Scene {
  estate: Estate;
  portal: Portal;
  /** Suffix that makes the names of this turn unique. */
  turn: string;
  /** A pod of the app `prices` in dev. */
  pod: string;
}

/** The same, asked of the API server and of the portal. */
export interface Row {
  /** Those who may. */
  may: Name[];
  /** Those who may while the tenant is cordoned; absent where that is not tried. */
  mayInCordon?: Name[];
  /** People for whom the portal allows less than `kubectl`. */
  portalMay?: Name[];
  /** Status of both responses for permitted people, if the request cannot be fulfilled here. */
  answer?: number;
  prepare?: (scene: Scene, who: Name) => Promise<void>;
  kubectl: (scene: Scene, who: Name) => KubeRequest;
  /** Returns the status of the portal's response. */
  portal: (scene: Scene, who: Name) => Promise<number>;
}

/** All members. */
export const members: Name[] = ['owner', 'builder', 'viewer'];
/** Those who read. */
export const readers: Name[] = [...members, 'engineer'];
/** Those who make apps. */
export const makers: Name[] = ['owner', 'builder'];

/** Home of the tenant. */
export const home = 'alpha--home';
/** Path of the kinds of Bailiwick. */
export const group = '/apis/bailiwick.dev/v1alpha1';

/** The status alone of an answer. */
export async function statusOf(
  answer: Promise<{ status: number }>,
): Promise<number> {
  return (await answer).status;
}

/** Returns a name that is unique in this turn. */
export function named({ turn }: Scene, what: string, who: Name): string {
  return `${what}-${turn}-${who}`;
}
