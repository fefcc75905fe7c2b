import type {
  App,
  Archetype,
  ChangeRequest,
  DomainPack,
  Grant,
  GrantClient,
  Release,
  ResourceName,
  Run,
  Tenant,
  TenantRole,
} from '../kinds';
import type { Person } from '../rules/access/roles';
import type { ReadRecord } from '../rules/history/readRecord';
import type { Readiness } from '../rules/app/readiness';
import type { RunningDifference } from '../rules/release/differences';
import type { Gate } from '../rules/release/gates';
import type { PodView } from './podViews';
import type { BuildView } from './codeViews';
import type { WorkspaceView } from './workspaceViews';

/** The signed-in person. @public */
export interface MeView extends Person {
  platformEngineer: boolean;
}

/** A tenant as one person sees it. @public */
export interface TenantView extends Tenant {
  /** Role of the reader; absent for platform engineers who are not members. */
  myRole?: TenantRole;
}

/** An app as one person sees it. @public */
export interface AppView extends App {
  tenant: string;
  /** Whether the reader can change the app. */
  canBuild: boolean;
  /** Whether the code is at another git host, and the portal reads and changes it there. */
  hasMirror?: true;
  /** Present if the reader owns the tenant. */
  isOwner?: true;
  /** Whether the reader can create tokens, and so read the results of the app. */
  canCreateToken: boolean;
}

/** A request as one person sees it. @public */
export interface RequestView extends ChangeRequest {
  /** Whether the reader can decide the request. */
  canDecide: boolean;
  /** Whether the reader created the request. */
  mine: boolean;
  /** Display name of the tenant or app that the request changes; absent while there is none. */
  targetTitle?: string;
}

/** Outcome of a request for a tenant, computed without creating it. @public */
export interface PreflightView {
  /** All problems, `field: sentence`; empty if the tenant can be requested. */
  problems: string[];
  /** Reason why the reader can't request the tenant; absent if they can. */
  refusal?: string;
  /** The decision; absent for a name alone, and if the plan is unknown. */
  decision?: PreflightDecision;
}

/** The rule or the approvers that would decide a request now. @public */
export type PreflightDecision =
  | {
      by: 'rule';
      /** Index of the rule in the plan, from 0. */
      rule: number;
      verdict: 'approve' | 'deny';
      reason: string;
    }
  | {
      by: 'people';
      /** References of the approver groups. */
      deciders: string[];
      /** Rules that could not be evaluated, one sentence each. */
      problems: string[];
    };

/** An event of an object of an app. @public */
export interface EventView {
  id: string;
  environment: string;
  /** Time of the last occurrence, RFC 3339. */
  at: string;
  type: 'Normal' | 'Warning';
  reason: string;
  object: string;
  message: string;
  count: number;
}

/** Runs of an app. @public */
export interface WorkView {
  steps: NonNullable<Archetype['run']>['steps'];
  /** Schedules in UTC (five fields), by environment. */
  schedules: { environment: string; schedule: string }[];
  /** Newest first. */
  runs: Run[];
  /** Existing pods of runs, whose logs can be read; newest first. */
  pods: { run: string; environment: string; name: string }[];
}

/** Data of the Deploy tab of an app. @public */
export interface DeploymentView {
  app: AppView;
  pods: PodView[];
  /** Newest first, at most 50. */
  events: EventView[];
  /** Present for apps with runs. */
  work?: WorkView;
  /** Builds of its packages, newest first. */
  builds: BuildView[];
  /** Workspaces of the members, by name. */
  workspaces: WorkspaceView[];
  pipeline: PipelineView;
  /** Readiness checks of the pack; the default ones if the pack has none. */
  readiness: Readiness[];
  reading: ReadingView;
}

/** Use of an app with tokens that have not expired. @public */
export interface ReadingView {
  /** References of the people with tokens. */
  people: string[];
  tokens: number;
  /** Number of calls with these tokens. */
  calls: number;
  /** Time of the last use, RFC 3339. */
  lastAt?: string;
}

/** A pack without the code of its archetypes. @public */
export interface PackView extends Omit<DomainPack, 'spec'> {
  spec: Omit<DomainPack['spec'], 'archetypes'> & {
    archetypes: (Omit<DomainPack['spec']['archetypes'][number], 'files'> & {
      /** Paths of the files of an app, sorted. */
      paths: string[];
    })[];
  };
}

/** One step of the start of the cluster. @public */
export interface ClusterStep {
  name: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  seconds?: number;
  detail?: string;
}

/** Time and reason since which the portal's data may be stale. @public */
export interface Staleness {
  /** Unresponsive component: without the cluster, data is stale; without the operator, changes are not applied. */
  who: 'cluster' | 'operator';
  /** Last response of the component, RFC 3339, by the portal's clock. */
  since: string;
  /** Seconds between that time and this response; independent of clock differences. */
  age: number;
  /** Human-readable message. */
  why: string;
}

/** Whether the cluster responds, and the progress of its start. @public */
export interface ClusterView {
  /** Whether the API server responds, the kinds are installed and all lists are synced. */
  ready: boolean;
  /** Human-readable message. */
  message: string;
  /** Present while the cluster or the operator does not respond after it did before. */
  stale?: Staleness;
  /** Problem while the API server responds, such as a node that does not report; one or two sentences. */
  warning?: string;
  steps: ClusterStep[];
}

/** Data of a new repository. @public */
export interface NewRepository {
  name: string;
  files: { path: string; content: string }[];
}

/** A repository at another git host than the portal. @public */
export interface RepositoryHostView {
  /** Host and port, such as `git.example.com`. */
  host: string;
  /** Address of the repository in browsers. */
  website: string;
  /** Time of the last successful fetch (RFC 3339); absent before the first. */
  fetchedAt?: string;
  /** Reason why the last fetch failed; the portal shows the state of `fetchedAt`. */
  problem?: string;
  /** Entity reference of the person with whose rights pushes are deployed. */
  deployer?: string;
  /** Sentences about files that pods do not get. */
  warnings: string[];
}

/** A repository of the portal, or of another git host. @public */
export interface RepositoryView {
  name: string;
  /** Address for `git clone`. */
  cloneUrl: string;
  /** Newest commit of the main branch. */
  commit: string;
  /** Present for a repository at another git host. */
  host?: RepositoryHostView;
  /** Reason why the newest commit is not deployed. */
  waiting?: string;
}

/** Data of a new app; it runs the repository with the same name. @public */
export type NewApp = Pick<
  App['spec'],
  'title' | 'description' | 'archetype' | 'answers'
> & {
  name: string;
  environment: string;
  /** Settings of the environment. */
  settings?: Record<string, unknown>;
  /** Bucket for stored results; a volume by default. */
  results?: App['spec']['results'];
};

/** Data of a new token. @public */
export interface NewGrant
  extends Pick<Grant['spec'], 'addresses' | 'allowsQuery' | 'limits'> {
  client: GrantClient;
  environment?: string;
  functions?: string[];
  presets?: Record<string, unknown>;
  /** Days until the token expires, 1 to 365. */
  days: number;
}

/** Reads of a tenant's apps through the gateways. @public */
export interface ReadsView {
  /** Newest first. */
  items: ReadRecord[];
  /** Gateways that did not respond, in sentences. */
  notes: string[];
}

/** Reads of one function by one person with one tool. @public */
export interface ReaderView {
  environment: string;
  fn: string;
  /** Entity reference of the reader. */
  subject: string;
  /** Client of the grant, such as `excel`. */
  client: string;
  calls: number;
  /** Calls that failed. */
  failed: number;
  /** Time of the last call (RFC 3339). */
  lastAt: string;
}

/** Readers of an app in the newest 10,000 reads. @public */
export interface ReadersView {
  /** Last reader first. */
  items: ReaderView[];
  /** Time of the oldest of these reads (RFC 3339); absent without any. */
  since?: string;
  /** Gateways that did not respond, in sentences. */
  notes: string[];
}

/** A grant as one person sees it, without the hash of its token. @public */
export interface GrantView extends Omit<Grant, 'spec'> {
  spec: Omit<Grant['spec'], 'tokenHash'>;
  /** Whether the reader can revoke the token. */
  canRevoke: boolean;
}

/** A new token, which is returned only once. @public */
export interface IssuedGrant {
  grant: GrantView;
  token: string;
  /** Address for use with the token. */
  address: string;
}

/** Outcome of a promotion: the app that runs the release, or the request that needs approval. @public */
export type PromotionView = { app: AppView } | { request: RequestView };

/** Changes of a promotion and the results of its checks, computed without promoting. @public */
export interface PromotionPreflightView {
  gates: Gate[];
  /** Differences to the running release or draft; empty if nothing runs. */
  differences: RunningDifference[];
  /** Release that runs now, `null` for none; send it with the promotion, so that no other release is replaced. */
  expected: string | null;
  /** All problems that prevent the promotion, one sentence each. */
  problems: string[];
  /** References of the approvers; empty if the release is deployed at once. */
  decidedBy: string[];
}

/** A release, without its contract. @public */
export interface ReleaseView {
  name: string;
  number: number;
  commit: string;
  /** Absent for a code bundle. */
  format?: Release['spec']['format'];
  /** Whether the image is built on the result of a Dockerfile. */
  dockerfile?: boolean;
  /** Reference of the image by digest; absent until it is built. */
  image?: string;
  /** Phase of the build of its image; absent if there is none. */
  build?: BuildView['phase'];
  archetype: Release['spec']['archetype'];
  createdBy: string;
  /** Publication time, RFC 3339. */
  createdAt: string;
}

/** An environment of the tenant as a stage of an app. @public */
export interface PipelineStage {
  name: string;
  protected: boolean;
  cluster: string;
  /** Reason why the reader can't deploy releases to it; absent if they can. */
  refusal?: string;
  /** Differences to the previous environment; absent if either is empty. */
  differences?: RunningDifference[];
  /** Pending request to promote a release to it. */
  asked?: PendingPromotion;
}

/** A promotion that is pending approval. @public */
export interface PendingPromotion {
  /** Name of the request. */
  request: string;
  release: string;
  /** Entity reference of the requester. */
  by: string;
  /** Time of the request, RFC 3339. */
  at?: string;
  /** Entity references of the approvers. */
  approvers: string[];
}

/** Stages of an app from draft to production, and its releases. @public */
export interface PipelineView {
  /** All environments of the tenant, in their order. */
  stages: PipelineStage[];
  /** Newest first, at most 50. */
  releases: ReleaseView[];
  /** JSON Schema of the settings of an environment; absent if there are none. */
  settings?: Record<string, unknown>;
}

/** One resource of an environment's quota, including the new app. @public */
export interface QuotaAfter {
  what: ResourceName;
  /** Number, or cores or bytes as quantities. */
  used: string;
  more: string;
  limit: string;
  fits: boolean;
}

/** Outcome of creating an app, computed without creating it. @public */
export interface AppPreflightView {
  /** All problems that prevent the creation, one sentence each; empty if the app can be created. */
  problems: string[];
  /** Steps of the creation, each with the reason of a refusal. */
  steps: { name: string; refusal?: string }[];
  /** Policies of the pack with their messages, and whether the app complies. */
  rules: { message: string; holds: boolean }[];
  /** Rendered code; empty if the answers are invalid. */
  files: { path: string; content: string }[];
  /** The App as the API server would store it, as YAML; absent if it is rejected. */
  object?: string;
  /** Quota of the environment including the new app; empty if unknown. */
  quota: QuotaAfter[];
}
