import type { Workspace } from '../kinds';

/** A workspace as the members of its tenant see it. @public */
export type WorkspaceView = Pick<
  Workspace['spec'],
  | 'cpu'
  | 'environment'
  | 'idleMinutes'
  | 'memory'
  | 'owner'
  | 'startedAt'
  | 'storage'
> & {
  name: string;
  /** Whether its owner has started it and nobody has stopped it; it may wait for something. */
  isOn: boolean;
  /** Time at which a stopped workspace is deleted with its files (RFC 3339). */
  expiresAt?: string;
  phase: NonNullable<NonNullable<Workspace['status']>['phase']>;
  /** Message in one sentence. */
  why?: string;
  /** Remedy. */
  next?: string;
};

/** What a person can choose for a new workspace of an app. @public */
export interface WorkspaceOptions {
  /** Environments in which it can run; none if no draft runs outside protected environments. */
  environments: string[];
  /** Maximum of one container by the plan. */
  most: { cpu: string; memory: string };
  /** Reason why this portal has no workspaces; absent if it has. */
  problem?: string;
}

/** A new workspace. @public */
export type NewWorkspace = Pick<
  Workspace['spec'],
  'cpu' | 'environment' | 'idleMinutes' | 'memory' | 'storage'
>;

/** Address of a workspace for the browser; it works once, and for a minute. @public */
export interface WorkspaceAddress {
  url: string;
}
