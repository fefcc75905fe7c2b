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

/** Clients of tokens; `git` gives access to the app's repository, the others to its results. */
export const grantClients = [
  'api',
  'excel',
  'powerbi',
  'tableau',
  'qlik',
  'sheets',
  'git',
] as const;

/** Client of a token. */
export type GrantClient = (typeof grantClients)[number];

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
    tokenHash: digestSchema.describe(
      'SHA-256 of the token; the token itself is shown once and never stored.',
    ),
  })
  .describe('Scope, subject and expiry of the token.');

/** A person's right to read an app with a token. */
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
      // A grant that took the hash of another one would take its token over.
      cel: 'self.tokenHash == oldSelf.tokenHash && self.app == oldSelf.app && self.client == oldSelf.client && self.subject == oldSelf.subject',
      message:
        "Token, app, client and subject of a grant can't be changed; delete the grant and create another one",
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      lastUsed: instantSchema
        .optional()
        .describe('Time of the last use (RFC 3339).'),
      calls: z.int().min(0).optional().describe('Number of uses.'),
      streamedRows: z
        .int()
        .min(0)
        .optional()
        .describe('Number of rows sent by streams.'),
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

/** A person's right to read an app with a token. */
export type Grant = ObjectOf<typeof grantKind>;
