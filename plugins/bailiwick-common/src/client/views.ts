import type {
  Access,
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
import type { Readiness } from '../rules/app/readiness';
import type { RunningDifference } from '../rules/release/differences';
import type { Gate } from '../rules/release/gates';
import type { PodView } from './podViews';

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
  canBuild: boolean;
}

/** A request as one person sees it. */
export interface RequestView extends ChangeRequest {
  /** Whether the reader may decide it. */
  canDecide: boolean;
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
      /** Index of the rule in the plan, from 0. */
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

/** What an app runs besides answering calls. */
export interface WorkView {
  steps: NonNullable<Archetype['run']>['steps'];
  /** When it runs by itself, as schedules of five fields in UTC. */
  schedules: { environment: string; schedule: string }[];
  /** Newest first. */
  runs: Run[];
  /** Pods of runs that are still there, whose logs can be read; the newest first. */
  pods: { run: string; environment: string; name: string }[];
}

/** Everything the Deploy tab of an app shows. */
export interface DeploymentView {
  app: AppView;
  pods: PodView[];
  /** Newest first, at most 50. */
  events: EventView[];
  /** Of apps that run steps, by a schedule or when somebody begins it. */
  work?: WorkView;
  pipeline: PipelineView;
  /** What its pack asks of apps that others rely on; the usual when the pack says nothing. */
  readiness: Readiness[];
  reading: ReadingView;
}

/** Who reads an app with tokens that have not ended. */
export interface ReadingView {
  /** References of whom the tokens are for. */
  people: string[];
  tokens: number;
  /** Calls with these tokens so far. */
  calls: number;
  /** When one of them was used last, RFC 3339. */
  lastAt?: string;
}

/** A pack without the code of its archetypes. */
export interface PackView extends Omit<DomainPack, 'spec'> {
  spec: Omit<DomainPack['spec'], 'archetypes'> & {
    archetypes: (Omit<DomainPack['spec']['archetypes'][number], 'files'> & {
      /** Paths of the files that an app gets, sorted. */
      paths: string[];
    })[];
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
  /** Who does not respond: without the cluster nothing is new, without the operator nothing is carried out. */
  who: 'cluster' | 'operator';
  /** When that one was last heard, RFC 3339, by the portal's clock. */
  since: string;
  /** Seconds from then until this response; right where clocks differ. */
  age: number;
  /** Human-readable message. */
  why: string;
}

/** Whether the cluster answers, and how far its start is. */
export interface ClusterView {
  /** Whether the API server answers now, the kinds are installed and all lists follow it. */
  ready: boolean;
  /** Human-readable message. */
  message: string;
  /** Present while the cluster, or the operator, was there and does not respond. */
  stale?: Staleness;
  /** What is wrong while the API server responds, such as a node that does not report; one sentence or two. */
  warning?: string;
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
  /** Settings of the environment. */
  settings?: Record<string, unknown>;
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

/** A grant without the hash of its token. */
export interface GrantView extends Omit<Grant, 'spec'> {
  spec: Omit<Grant['spec'], 'tokenHash'>;
}

/** What a person without membership can read of an app, and can request. */
export interface AppAccessView {
  /** Environments in which the app has run. */
  environments: string[];
  /** Granted access of the reader that has not expired. */
  accesses: Access[];
}

/** Granted access of the reader, with the tenant and the title of its app. */
export interface ReadAccessView extends Access {
  tenant: string;
  title: string;
}

/** What a person asks for to read an app. */
export interface NewAccess {
  environment: string;
  /** All by default. */
  functions?: string[];
  /** Days until it ends, 1 to 365. */
  days: number;
  /** Purpose, shown to approvers. */
  reason: string;
}

/** A new token: the only time it is shown. */
export interface IssuedGrant {
  grant: GrantView;
  token: string;
  /** Address to use it with. */
  address: string;
}

/** What came of a promotion: the app that runs the release, or the request that somebody decides. */
export type PromotionView = { app: AppView } | { request: RequestView };

/** What would become of a promotion, and what speaks for and against it. */
export interface PromotionPreflightView {
  gates: Gate[];
  /** What would be otherwise than what runs there; empty where nothing does. */
  differences: RunningDifference[];
  /** Release that runs there now, `null` for none; say it when you promote, so that no other is replaced. */
  expected: string | null;
  /** Everything for which it would be refused, in sentences. */
  problems: string[];
  /** References of who decides about it; empty where it runs at once. */
  decidedBy: string[];
}

/** A commit of the repository of an app. */
export interface CommitView {
  commit: string;
  /** First line of its message. */
  message: string;
  /** Name of its author as git has it, which anybody who commits can choose. */
  author: string;
  /** Time of the check (RFC 3339). */
  at: string;
  /** Reference of the signed-in user who pushed it as the newest one; absent for the others. */
  pushedBy?: string;
}

/** What one commit has otherwise than another. */
export interface CommitChanges {
  /** Unified diff, as git writes it. */
  text: string;
  /** Whether there is more of it. */
  isCut: boolean;
}

/** A release, without its contract. */
export interface ReleaseView {
  name: string;
  number: number;
  commit: string;
  archetype: Release['spec']['archetype'];
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
}

/** An environment of the tenant, as a place of an app. */
export interface PipelineStage {
  name: string;
  protected: boolean;
  cluster: string;
  /** Why the reader may not let a release run there; absent when they may. */
  refusal?: string;
  /** What runs there otherwise than in the one before it; absent where one of them is empty. */
  differences?: RunningDifference[];
  /** The pending request to promote a release into it. */
  asked?: PendingPromotion;
}

/** A promotion that waits for its approval. */
export interface PendingPromotion {
  /** Name of the request. */
  request: string;
  release: string;
  /** Entity reference of the requester. */
  by: string;
  /** When it was requested, RFC 3339. */
  at?: string;
  /** Entity references of those who may approve it. */
  approvers: string[];
}

/** The way of an app's code from draft to release, and from environment to environment. */
export interface PipelineView {
  /** All environments of the tenant, in their order. */
  stages: PipelineStage[];
  /** Newest first, at most 50. */
  releases: ReleaseView[];
  /** JSON Schema of what environments set; absent when there is nothing. */
  settings?: Record<string, unknown>;
}

/** A part of an environment's quota, with an app more. */
export interface QuotaAfter {
  what: ResourceName;
  /** Number, cores or bytes as quantities. */
  used: string;
  more: string;
  limit: string;
  fits: boolean;
}

/** What would become of an app that somebody wants to make. */
export interface AppPreflightView {
  /** Everything for which it would be refused, in sentences; empty when it can be made. */
  problems: string[];
  /** The steps of making it, each with the reason why the reader may not take it. */
  steps: { name: string; refusal?: string }[];
  /** What the pack wants of each of its apps, in its words, and whether this one has it. */
  rules: { message: string; holds: boolean }[];
  /** The code that would be written; empty when the answers are wrong. */
  files: { path: string; content: string }[];
  /** The App as the API server would store it, as YAML; absent when it refuses it. */
  object?: string;
  /** What the environment would have left; empty while nobody knows. */
  quota: QuotaAfter[];
}
