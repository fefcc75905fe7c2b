import { z } from 'zod';
import { appNameRules, environmentNameRules, onObjectName } from './nameRules';
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
  .describe('Archetype of a pack that it was made from.');

const replicas = withRules(
  z
    .object({
      min: count(0, 100, 'Fewest pods.'),
      max: count(1, 100, 'Most pods.'),
    })
    .describe('How many pods run.'),
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
    by: subjectSchema.describe('Who chose it, such as user:default/bea.'),
    reason: shownText(500).describe('Why.'),
  })
  .describe('Who chose what runs there, and why.');

const environment = withRules(
  z.object({
    name: withRules(
      text(63, 'Environment of the tenant.'),
      environmentNameRules,
    ),
    release: labelSchema.optional().describe('Release that runs there.'),
    promoted: text(
      64,
      'Identity (uid) of the release that was promoted here; the operator alone writes it.',
    ).optional(),
    revision: z
      .enum(['draft'])
      .optional()
      .describe('`draft` runs the newest commit of the source.'),
    replicas: replicas.optional(),
    parameters: anyObject()
      .optional()
      .describe('Settings of the app in this environment.'),
    suspended: z
      .boolean()
      .optional()
      .describe('Scaled to zero, kept as it is.'),
    restartedAt: instantSchema
      .optional()
      .describe('Pods from before are replaced one after another.'),
    because: because.optional(),
  }),
  [
    {
      cel: 'has(self.release) != has(self.revision)',
      message:
        'An environment runs either a release or a revision, exactly one of them',
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
      // Other characters mean something to a shell, into which people copy addresses; a host that begins with - is an
      // option of ssh, and other schemes name files and programs of who clones.
      .regex(
        /^((https?|ssh|git):\/\/[A-Za-z0-9][A-Za-z0-9._~:\/@%+,=-]*|[A-Za-z0-9][A-Za-z0-9._~@%+,=-]*(:[A-Za-z0-9._~%+,=][A-Za-z0-9._~%+,=-]*)?(\/[A-Za-z0-9._~%+,=-]+)*)$/,
        'must be <tenant>/<repository>, or an address such as https://git.example.com/team/code.git',
      )
      .describe('`<tenant>/<repository>` of the portal, or an address.'),
    path: text(200, 'Folder within the repository.')
      .regex(
        /^(\.|\.?[A-Za-z0-9_~@%+,=-][A-Za-z0-9._~@%+,=-]*(\/\.?[A-Za-z0-9_~@%+,=-][A-Za-z0-9._~@%+,=-]*)*)$/,
        'must be a folder within the repository, such as apps/prices, without ".."',
      )
      .default('.'),
    revision: commitSchema.describe('Newest commit of the main branch.'),
  })
  .describe('Where the code is.');

/** Changes that an app remembers. */
export const historyLength = 50;

const historyEntry = z.object({
  environment: z.string().describe('Environment of the tenant.'),
  release: z.string().optional().describe('Release that ran from then on.'),
  commit: z.string().optional().describe('Commit that ran from then on.'),
  by: subjectSchema
    .optional()
    .describe('Who chose it; absent for later commits of a draft.'),
  reason: z.string().optional().describe('Why.'),
  at: instantSchema.describe('When it was first seen to run.'),
});

const checkStatus = z.object({
  name: text(100, 'Name of the check.'),
  state: z
    .enum(['Passed', 'Failed', 'Unknown'])
    .describe('How it ended; unknown when it could not be made.'),
  message: text(500, 'What is wrong, or why it is unknown.'),
  since: instantSchema.describe('Since when the state is what it is.'),
});

const environmentStatus = z.object({
  name: z.string().describe('Environment of the tenant.'),
  health: healthSchema.describe('How well the app is there.'),
  why: z.string().describe('One sentence.'),
  next: z.string().describe('What to do about it, empty when nothing.'),
  release: z.string().optional().describe('Release that runs.'),
  revision: z.string().optional().describe('Commit that runs.'),
  digest: digestSchema
    .optional()
    .describe('Digest of the code bundle that runs.'),
  pods: z
    .object({
      ready: z.int().describe('Pods that take calls.'),
      desired: z.int().describe('Pods that shall run.'),
    })
    .describe('How many pods run.'),
  since: instantSchema.describe('Since when the health is what it is.'),
  contract: contractSchema.optional(),
  checks: keyedList(checkStatus, 'name', 20)
    .optional()
    .describe('How the checks of the app itself ended.'),
  stale: staleSchema.optional(),
});

/** An app of a tenant: what it is made of and what runs where. */
export const appKind = defineKind({
  kind: 'App',
  plural: 'apps',
  shortNames: ['bwapp'],
  scope: 'Namespaced',
  description: 'An app of a tenant: what it is made of and what runs where.',
  spec: withRules(
    z
      .object({
        title: shownText(80).describe('What people call it.'),
        description: text(500, 'What it is for, in a sentence.').optional(),
        owner: subjectSchema.describe(
          'Group or user that answers for it, such as group:default/rates.',
        ),
        archetype: archetypeRefSchema,
        answers: anyObject()
          .default({})
          .describe('What was filled into the form.'),
        source: sourceSchema,
        environments: keyedList(environment, 'name', 20)
          .default([])
          .describe('Where it runs, and what runs there.'),
        delivery: z
          .object({
            rest: z.boolean().default(true).describe('As JSON over HTTP.'),
            csv: z
              .boolean()
              .default(true)
              .describe('As CSV (RFC 4180) over HTTP.'),
          })
          .default({ rest: true, csv: true })
          .describe('Ways in which the gateway serves the results.'),
      })
      .describe('What the app is made of and where it shall run.'),
    [
      {
        cel: 'self.archetype.pack == oldSelf.archetype.pack',
        message:
          'An app stays with its pack, whose policies hold for it; make another app',
        holds: () => true,
      },
    ],
  ),
  status: z
    .object({
      ...statusBase,
      environments: keyedList(environmentStatus, 'name', 20)
        .optional()
        .describe('What runs in each environment.'),
      health: healthSchema
        .optional()
        .describe('The worst of the environments.'),
      history: z
        .array(historyEntry)
        .max(historyLength)
        .optional()
        .describe('What ran where since when, newest first.'),
    })
    .describe('What runs where, as the operator saw it last.'),
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

/** An app of a tenant: what it is made of and what runs where. */
export type App = ObjectOf<typeof appKind>;
/** Environment in the spec of an {@link App}. */
export type AppEnvironment = App['spec']['environments'][number];
/** Environment in the status of an {@link App}. */
export type AppEnvironmentStatus = z.output<typeof environmentStatus>;

/** How a check ended in an environment of an {@link App}. */
export type AppCheckStatus = z.output<typeof checkStatus>;

/** A change in the history of an {@link App}. */
export type AppHistoryEntry = z.output<typeof historyEntry>;

/**
 * The environments of an app, one of which runs another release; all else of it stays.
 *
 * @param how - who chose it and why, and the settings from then on; those that there are when left out
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
