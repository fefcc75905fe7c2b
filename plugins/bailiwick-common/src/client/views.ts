import type {
  App,
  ChangeRequest,
  DomainPack,
  Grant,
  GrantClient,
  Tenant,
  TenantRole,
} from '../kinds';
import type { Person } from '../access/roles';

/** The signed-in person. */
export interface MeView extends Person {
  platformEngineer: boolean;
}

/** A tenant as one person sees it. */
export interface TenantView extends Tenant {
  /** Role of the reader; absent for platform engineers who are not members. */
  myRole?: TenantRole;
}

/** An app as one person sees it. */
export interface AppView extends App {
  tenant: string;
  /** Whether the reader may change the app. */
  mayBuild: boolean;
}

/** A request as one person sees it. */
export interface RequestView extends ChangeRequest {
  /** Whether the reader may decide it. */
  mayDecide: boolean;
  /** Whether the reader made it. */
  mine: boolean;
}

/** What would become of a request for a tenant. */
export interface PreflightView {
  /** Everything that is wrong with it, `field: sentence`; empty when it can be made. */
  problems: string[];
  /** Why the reader may not ask for it; absent when they may. */
  refusal?: string;
  /** Who would decide; absent for a name alone, and while the plan is not known. */
  decision?: PreflightDecision;
}

/** Who would decide a request, as things are now. */
export type PreflightDecision =
  | {
      by: 'rule';
      /** Position of the rule in the plan, from 0. */
      rule: number;
      verdict: 'approve' | 'deny';
      reason: string;
    }
  | {
      by: 'people';
      /** References of the groups whose members decide. */
      deciders: string[];
      /** Sentences about rules that could not be evaluated. */
      problems: string[];
    };

/** A pod of an app. */
export interface PodView {
  name: string;
  environment: string;
  phase: string;
  ready: boolean;
  restarts: number;
  /** RFC 3339. */
  startedAt?: string;
  /** Cause and meaning when it is not ready. */
  why?: string;
}

/** Something that happened to a part of an app. */
export interface EventView {
  id: string;
  environment: string;
  /** RFC 3339. */
  at: string;
  type: 'Normal' | 'Warning';
  reason: string;
  object: string;
  message: string;
  count: number;
}

/** Everything the Deploy tab of an app shows. */
export interface DeploymentView {
  app: AppView;
  pods: PodView[];
  /** Newest first, at most 50. */
  events: EventView[];
}

/** A pack without the code of its archetypes. */
export interface PackView extends Omit<DomainPack, 'spec'> {
  spec: Omit<DomainPack['spec'], 'archetypes'> & {
    archetypes: Omit<DomainPack['spec']['archetypes'][number], 'files'>[];
  };
}

/** One step of starting the cluster. */
export interface ClusterStep {
  name: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  seconds?: number;
  detail?: string;
}

/** Since when, and why, what the portal shows may be out of date. */
export interface Staleness {
  /** When the cluster was last heard, RFC 3339, by the portal's clock. */
  since: string;
  /** Seconds from then until this answer; good where clocks differ. */
  age: number;
  /** One sentence for people. */
  why: string;
}

/** Whether the cluster answers, and how far its start is. */
export interface ClusterView {
  /** Whether the API server answers now, the kinds are installed and all lists follow it. */
  ready: boolean;
  /** One sentence for people. */
  message: string;
  /** Present while the cluster has been there and does not answer. */
  stale?: Staleness;
  steps: ClusterStep[];
}

/** What is needed to publish a repository. */
export interface NewRepository {
  name: string;
  files: { path: string; content: string }[];
}

/** A repository of the portal's git host. */
export interface RepositoryView {
  name: string;
  /** Address for `git clone`. */
  cloneUrl: string;
  /** Newest commit of the main branch. */
  commit: string;
}

/** What is needed to create an app; it runs the repository that has its name. */
export type NewApp = Pick<
  App['spec'],
  'title' | 'description' | 'archetype' | 'answers'
> & {
  name: string;
  environment: string;
};

/** What is needed to make a token. */
export interface NewGrant {
  client: GrantClient;
  environment?: string;
  functions?: string[];
  presets?: Record<string, unknown>;
  /** Days until it ends, 1 to 365. */
  days: number;
}

/** A new token: the only time it is shown. */
export interface IssuedGrant {
  grant: Grant;
  token: string;
  /** Address to use it with. */
  address: string;
}
