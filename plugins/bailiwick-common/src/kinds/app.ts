import { z } from 'zod';
import { appNameRules, environmentNameRules, onObjectName } from './nameRules';
import { repositoryPattern } from './repositoryPattern';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList, withRules } from './schema/rules';
import {
  commitSchema,
  count,
  digestSchema,
  instantSchema,
  labelSchema,
  shownText,
  subjectSchema,
  text,
  titleSchema,
  versionSchema,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { healthSchema } from './status/health';
import { staleSchema } from './status/stale';
import { contractSchema } from './contract';

/** Archetype of a pack in one version. */
export const archetypeRefSchema = z
  .object({
    pack: labelSchema.describe('Name of the pack.'),
    version: versionSchema,
    name: labelSchema.describe('Name of the archetype in the pack.'),
  })
  .describe('Archetype of a pack from which the app was created.');

const replicas = withRules(
  z
    .object({
      min: count(0, 100, 'Minimum number of pods.'),
      max: count(1, 100, 'Maximum number of pods.'),
    })
    .describe('Limits of the number of pods.'),
  [
    {
      cel: 'self.min <= self.max',
      message: 'replicas.min must not be greater than replicas.max',
      holds: ({ min, max }) => min <= max,
    },
  ],
);

const because = z
  .object({
    by: subjectSchema.describe(
      'Reference of the person, such as user:default/bea.',
    ),
    reason: shownText(500).describe('Why.'),
  })
  .describe('Person who deployed the release or draft, and the reason.');

/** How a new release replaces another one in an environment. @public */
export const canarySchema = z
  .strictObject({
    percent: z
      .int()
      .min(1)
      .max(50)
      .describe('Percent of the calls that a new release gets at first.'),
    minutes: z
      .int()
      .min(1)
      .max(1440)
      .describe('Minutes after which it gets all calls.'),
  })
  .describe(
    'Canary releases: a new release gets some of the calls at first. It is rolled back if its calls fail or are slow. Absent to deploy at once.',
  );

const environment = withRules(
  z.object({
    name: withRules(
      text(63, 'Environment of the tenant.'),
      environmentNameRules,
    ),
    release: labelSchema.optional().describe('Release to deploy.'),
    promoted: text(
      64,
      'uid of the promoted release; written only by the operator.',
    ).optional(),
    revision: z
      .enum(['draft'])
      .optional()
      .describe('`draft` deploys the newest commit of the source.'),
    replicas: replicas.optional(),
    parameters: anyObject()
      .optional()
      .describe('Settings of the app in this environment.'),
    scaleToZeroMinutes: z
      .int()
      .min(5)
      .max(10_080)
      .optional()
      .describe(
        'Minutes without calls after which no pod runs, unless the environment is protected; the next call starts one. Absent to keep pods running.',
      ),
    canary: canarySchema.optional(),
    address: z
      .boolean()
      .optional()
      .describe(
        'Whether the app has its own address, by the host rule of the cluster; the address leads to the gateway.',
      ),
    suspended: z
      .boolean()
      .optional()
      .describe('Paused: scaled to zero, configuration and data are kept.'),
    restartedAt: instantSchema
      .optional()
      .describe(
        'Time of a restart (RFC 3339): older pods are replaced one by one.',
      ),
    because: because.optional(),
  }),
  [
    {
      cel: 'has(self.release) != has(self.revision)',
      message: 'An environment must have exactly one of release and revision',
      holds: ({ release, revision }) =>
        (release === undefined) !== (revision === undefined),
    },
  ],
);

/** Code that an app runs: a repository of the git host, a folder in it and a commit. */
export const sourceSchema = z
  .object({
    repository: z
      .string()
      .min(1)
      .max(200)
      .regex(
        repositoryPattern,
        'must be <tenant>/<repository>, or a URL such as https://git.example.com/team/code.git',
      )
      .describe('`<tenant>/<repository>` on the portal, or a URL.'),
    path: text(200, 'Folder within the repository.')
      .regex(
        /^(\.|\.?[A-Za-z0-9_~@%+,=-][A-Za-z0-9._~@%+,=-]*(\/\.?[A-Za-z0-9_~@%+,=-][A-Za-z0-9._~@%+,=-]*)*)$/,
        'must be a folder within the repository, such as apps/prices, without ".."',
      )
      .default('.'),
    revision: commitSchema.describe('Newest commit of the main branch.'),
  })
  .describe('Source repository of the code.');

/** Maximum number of entries in the history of an app. @public */
export const historyLength = 50;

const historyEntry = z.object({
  environment: z.string().describe('Environment of the tenant.'),
  release: z.string().optional().describe('Release that was deployed.'),
  commit: z.string().optional().describe('Commit that was deployed.'),
  by: subjectSchema
    .optional()
    .describe('Person who deployed it; absent for later commits of a draft.'),
  reason: z.string().optional().describe('Why.'),
  at: instantSchema.describe(
    'When the operator first saw it running (RFC 3339).',
  ),
});

const checkStatus = z.object({
  name: text(100, 'Name of the check.'),
  state: z
    .enum(['Passed', 'Failed', 'Unknown'])
    .describe('Result; unknown if the check could not run.'),
  message: text(500, 'Reason for the failure, or for the unknown result.'),
  since: instantSchema.describe(
    'Time of the last change of the state (RFC 3339).',
  ),
});

const canaryStatus = z
  .object({
    release: z.string().describe('Release of the canary.'),
    phase: z
      .enum(['Running', 'RolledBack'])
      .describe('Whether it gets calls, or was rolled back.'),
    percent: z.int().describe('Percent of the calls that it gets.'),
    startedAt: instantSchema.describe(
      'Start (RFC 3339), which identifies its calls in the status of grants.',
    ),
    readyAt: instantSchema
      .optional()
      .describe('When it began to get calls (RFC 3339).'),
    endsAt: instantSchema
      .optional()
      .describe('When it gets all calls, or was rolled back (RFC 3339).'),
    calls: z.int().describe('Number of its calls.'),
    failed: z.int().describe('Number of them that failed.'),
    why: z.string().describe('Message in one sentence.'),
  })
  .describe('A new release that gets some of the calls.');

const addressStatus = z
  .object({
    url: text(300, 'Such as https://prices-prod.apps.example.com.').optional(),
    problem: text(1000, 'Why there is no address, and what to do.').optional(),
  })
  .describe('Own address of the app, or why there is none.');

const environmentStatus = z.object({
  name: z.string().describe('Environment of the tenant.'),
  health: healthSchema.describe('Health of the app in the environment.'),
  why: z.string().describe('Message in one sentence.'),
  next: z.string().describe('Remedy; empty if no action is needed.'),
  release: z
    .string()
    .optional()
    .describe('Deployed release; that of a canary is not deployed yet.'),
  revision: z.string().optional().describe('Deployed commit.'),
  digest: digestSchema
    .optional()
    .describe('Digest of the deployed code bundle.'),
  pods: z
    .object({
      ready: z.int().describe('Number of ready pods.'),
      desired: z.int().describe('Desired number of pods.'),
    })
    .describe('Limits of the number of pods.'),
  since: instantSchema.describe(
    'Time of the last change of the health (RFC 3339).',
  ),
  contract: contractSchema.optional(),
  checks: keyedList(checkStatus, 'name', 20)
    .optional()
    .describe("Results of the app's health checks."),
  canary: canaryStatus.optional(),
  address: addressStatus.optional(),
  deployed: z
    .object({
      promoted: text(64, 'uid of the promoted release.').optional(),
      parameters: anyObject().optional().describe('Settings of the app.'),
    })
    .optional()
    .describe(
      'What the deployed release was deployed with; absent without canary releases.',
    ),
  stale: staleSchema.optional(),
});

/** An app of a tenant: its source, settings and deployments. @public */
export const appKind = defineKind({
  kind: 'App',
  plural: 'apps',
  shortNames: ['bwapp'],
  scope: 'Namespaced',
  description: 'An app of a tenant: its source, settings and deployments.',
  spec: withRules(
    z
      .object({
        title: titleSchema,
        description: text(500, 'Purpose, in one sentence.').optional(),
        owner: subjectSchema.describe(
          'Owner group or user, such as group:default/rates.',
        ),
        archetype: archetypeRefSchema,
        answers: anyObject()
          .default({})
          .describe('Answers to the form of the archetype.'),
        source: sourceSchema,
        environments: keyedList(environment, 'name', 20)
          .default([])
          .describe('Environments of the app, and what is deployed in each.'),
        results: z
          .object({
            connection: labelSchema.describe(
              'Name of a connection to an S3 bucket.',
            ),
          })
          .optional()
          .describe(
            'Place of stored results in all environments; a volume by default.',
          ),
        delivery: z
          .object({
            rest: z.boolean().default(true).describe('As JSON over HTTP.'),
            csv: z
              .boolean()
              .default(true)
              .describe(
                'As files for spreadsheets over HTTP: CSV (RFC 4180) and Excel.',
              ),
          })
          .default({ rest: true, csv: true })
          .describe('Formats in which the gateway serves results.'),
      })
      .describe('Source, settings and environments of the app.'),
    [
      {
        cel: 'self.archetype.pack == oldSelf.archetype.pack',
        message: "The pack of an app can't be changed; create another app",
        holds: () => true,
      },
    ],
  ),
  status: z
    .object({
      ...statusBase,
      environments: keyedList(environmentStatus, 'name', 20)
        .optional()
        .describe('State of each environment.'),
      health: healthSchema
        .optional()
        .describe('Worst health of all environments.'),
      history: z
        .array(historyEntry)
        .max(historyLength)
        .optional()
        .describe('Deployments, newest first.'),
    })
    .describe('State of the app as last observed by the operator.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Archetype', type: 'string', jsonPath: '.spec.archetype.name' },
    { name: 'Health', type: 'string', jsonPath: '.status.health' },
    {
      name: 'Why',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
    },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  rules: onObjectName(appNameRules),
});

/** An app of a tenant: its source, settings and deployments. @public */
export type App = ObjectOf<typeof appKind>;
/** Environment in the spec of an {@link App}. @public */
export type AppEnvironment = App['spec']['environments'][number];
/** Environment in the status of an {@link App}. @public */
export type AppEnvironmentStatus = z.output<typeof environmentStatus>;

/** Address of an {@link App} in an environment, or why it has none. @public */
export type AppAddressStatus = z.output<typeof addressStatus>;

/** A new release that gets some of the calls of an {@link App}. @public */
export type AppCanaryStatus = z.output<typeof canaryStatus>;

/** Result of a health check in an environment of an {@link App}. @public */
export type AppCheckStatus = z.output<typeof checkStatus>;

/** A change in the history of an {@link App}. @public */
export type AppHistoryEntry = z.output<typeof historyEntry>;

/**
 * Returns the environments of an app with another release in one of them.
 *
 * @param how - person, reason and new settings; by default the present settings
 * @public
 */
export function withRelease(
  { environments }: Pick<App['spec'], 'environments'>,
  name: string,
  release: string,
  {
    because: reason,
    parameters,
  }: Pick<AppEnvironment, 'because' | 'parameters'>,
): AppEnvironment[] {
  const found = environments.find(one => one.name === name);
  // What was promoted before is another release.
  const { promoted: _other, revision: _draft, ...kept } = found ?? { name };
  const promoted = {
    ...kept,
    release,
    because: reason,
    ...(parameters && { parameters }),
  };
  return found
    ? environments.map(one => (one === found ? promoted : one))
    : [...environments, promoted];
}
