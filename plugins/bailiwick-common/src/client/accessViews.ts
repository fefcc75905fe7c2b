import type { Access, App, AppEnvironmentStatus } from '../kinds';

/** What a reader sees of an app: with granted access, only the environments and functions of that access. @public */
export interface ReadableApp {
  tenant: string;
  metadata: Pick<App['metadata'], 'name'>;
  spec: Pick<App['spec'], 'delivery'>;
  status?: { environments?: ReadableEnvironment[] };
  /** Whether the reader can create tokens, and so read the results of the app. */
  canCreateToken: boolean;
}

/** Address, code and functions of an app in an environment. @public */
export type ReadableEnvironment = Pick<
  AppEnvironmentStatus,
  'address' | 'contract' | 'name' | 'release' | 'revision'
>;

/** Environments of an app that a person can read or request without membership. @public */
export interface AppAccessView {
  /** Environments in which the app has run. */
  environments: string[];
  /** Granted access of the reader that has not expired. */
  accesses: Access[];
  /** The app as far as this access reaches; absent without access. */
  readable?: ReadableApp;
}

/** Granted access of the reader, with the tenant and the title of its app. @public */
export interface ReadAccessView extends Access {
  tenant: string;
  title: string;
}

/** Data of a request for read access. @public */
export interface NewAccess {
  environment: string;
  /** All by default. */
  functions?: string[];
  /** Days until the access expires, 1 to 365. */
  days: number;
  /** Purpose, shown to approvers. */
  reason: string;
}
