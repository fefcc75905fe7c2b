import { z } from 'zod';
import { environmentNameRules } from './nameRules';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, withRules } from './schema/rules';
import {
  digestSchema,
  instantSchema,
  labelSchema,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';

/**
 * Clients of tokens; `git` gives access to the app's repository, the others to its results. `portal` is the portal itself,
 * for the duration of a download.
 *
 * @public
 */
export const grantClients = [
  'api',
  'excel',
  'powerbi',
  'tableau',
  'qlik',
  'sheets',
  'portal',
  'git',
] as const;

/** Client of a token. @public */
export type GrantClient = (typeof grantClients)[number];

const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** Whether a text is a range of IPv4 or IPv6 addresses (RFC 4632 section 3.1, RFC 4291 section 2.3). @public */
export function isCidr(range: string): boolean {
  return cidr.safeParse(range).success;
}

const grantSpec = z
  .object({
    app: labelSchema.describe('App that the token can read.'),
    environment: withRules(
      text(63, 'Environment that the token can read; absent for git.'),
      environmentNameRules,
    ).optional(),
    subject: subjectSchema.describe('Subject that can use the token.'),
    membership: subjectSchema
      .optional()
      .describe(
        'Owner or member of the tenant from which the grant derives: the subject or one of its groups. The grant is valid as long as this membership exists. Absent if an owner granted access to another person.',
      ),
    client: z
      .enum(grantClients)
      .describe('Client of the token; git gives access to the repository.'),
    functions: z
      .array(z.string().max(100))
      .max(100)
      .optional()
      .describe('Functions that the token can call; all by default.'),
    presets: anyObject().optional().describe('Fixed parameter values.'),
    expiresAt: instantSchema.describe('Expiry (RFC 3339).'),
    addresses: z
      .array(
        withRules(text(43, 'Range of addresses (CIDR).'), [
          {
            cel: 'isCIDR(self)',
            message: 'A range of addresses must be a CIDR, such as 10.1.0.0/16',
            holds: isCidr,
          },
        ]),
      )
      .min(1)
      .max(20)
      .optional()
      .describe('Networks from which the token can be used; all by default.'),
    limits: z
      .strictObject({
        callsPerMinute: z
          .int()
          .min(1)
          .max(100_000)
          .optional()
          .describe('Maximum number of calls per minute and gateway replica.'),
        callsPerDay: z
          .int()
          .min(1)
          .max(10_000_000)
          .optional()
          .describe('Maximum number of calls per day (UTC).'),
      })
      .optional()
      .describe('Limits of calls, in addition to those of the pack.'),
    allowsQuery: z
      .boolean()
      .optional()
      .describe(
        'Whether the token can be the query parameter access_token, for tools that support nothing else; addresses appear in histories and logs. Disabled by default.',
      ),
    tokenHash: digestSchema.describe(
      'SHA-256 of the token; the token itself is shown once and never stored.',
    ),
  })
  .describe('Scope, subject and expiry of the token.');

/** Restrictions of a token that its creator can choose. @public */
export const grantRestrictionsSchema = grantSpec.pick({
  addresses: true,
  allowsQuery: true,
  limits: true,
});

/** Client and function of a request. */
const use = {
  agent: text(100, 'User-Agent of the client.').optional(),
  fn: text(63, 'Function of the request.').optional(),
};

const callTally = z.strictObject({
  calls: z.int().min(0).describe('Number of calls.'),
  failed: z.int().min(0).describe('Number of calls that failed.'),
  durations: z
    .array(z.int().min(0))
    .max(32)
    .describe(
      'Numbers of calls by duration: of up to 5 ms, and of up to twice as long as the one before.',
    ),
});

/** Calls of a release. @public */
export type CallTally = z.output<typeof callTally>;

/** A person's right to read an app with a token. @public */
export const grantKind = defineKind({
  kind: 'Grant',
  plural: 'grants',
  shortNames: ['gr'],
  scope: 'Namespaced',
  description:
    "A person's permission to read an app or its repository with a token.",
  spec: withRules(grantSpec, [
    {
      cel: "self.client == 'git' || has(self.environment)",
      message: 'A grant for results must have an environment',
      holds: ({ client, environment }) =>
        client === 'git' || environment !== undefined,
    },
    {
      // A grant with the hash of another one would take over its token.
      cel: 'self.tokenHash == oldSelf.tokenHash && self.app == oldSelf.app && self.client == oldSelf.client && self.subject == oldSelf.subject',
      message:
        "Token, app, client and subject of a grant can't be changed; delete the grant and create another one",
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      suspendedAt: instantSchema
        .optional()
        .describe(
          'Time at which the portal noticed that its catalog has no user for the subject (RFC 3339). The token does not work meanwhile.',
        ),
      lastUsed: instantSchema
        .optional()
        .describe('Time of the last use (RFC 3339).'),
      calls: z.int().min(0).optional().describe('Number of uses.'),
      today: z
        .strictObject({
          date: text(10, 'Day (UTC), as YYYY-MM-DD.'),
          calls: z.int().min(0).describe('Number of uses on that day.'),
        })
        .optional()
        .describe('Uses on the day of the last use.'),
      lastFailure: z
        .strictObject({
          at: instantSchema.describe('Time of the response (RFC 3339).'),
          status: z.int().min(400).max(599).describe('HTTP status.'),
          type: text(40, 'Kind of failure, such as not-allowed.'),
          ...use,
          parameter: text(63, 'Name of the invalid parameter.').optional(),
        })
        .optional()
        .describe('Last request with the token that the gateway refused.'),
      lastRead: z
        .strictObject({
          at: instantSchema.describe('Time of the response (RFC 3339).'),
          ...use,
          rows: z.int().min(0).optional().describe('Number of rows sent.'),
        })
        .optional()
        .describe('Last request with the token that the gateway answered.'),
      streamedRows: z
        .int()
        .min(0)
        .optional()
        .describe('Number of rows sent by streams.'),
      canary: z
        .strictObject({
          startedAt: instantSchema.describe(
            'Start of the canary (RFC 3339), as in the status of the app.',
          ),
          canary: callTally.describe('Calls of the canary.'),
          stable: callTally.describe(
            'Calls of the deployed release meanwhile.',
          ),
        })
        .optional()
        .describe('Calls since the last canary of the app started.'),
    })
    .describe('Usage of the token.'),
  columns: [
    { name: 'App', type: 'string', jsonPath: '.spec.app' },
    { name: 'Environment', type: 'string', jsonPath: '.spec.environment' },
    { name: 'Subject', type: 'string', jsonPath: '.spec.subject' },
    { name: 'Client', type: 'string', jsonPath: '.spec.client' },
    { name: 'Last used', type: 'date', jsonPath: '.status.lastUsed' },
    { name: 'Expires', type: 'string', jsonPath: '.spec.expiresAt' },
  ],
});

/** A person's right to read an app with a token. @public */
export type Grant = ObjectOf<typeof grantKind>;
