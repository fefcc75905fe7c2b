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

/** What a token is used with; `git` opens the app's repository, the others its results. */
export const grantClients = [
  'api',
  'excel',
  'powerbi',
  'tableau',
  'qlik',
  'sheets',
  'git',
] as const;

/** What a token is used with. */
export type GrantClient = (typeof grantClients)[number];

const grantSpec = z
  .object({
    app: labelSchema.describe('App that it opens.'),
    environment: withRules(
      text(63, 'Environment that it opens; none for git.'),
      environmentNameRules,
    ).optional(),
    subject: subjectSchema.describe('Who may use it.'),
    membership: subjectSchema
      .optional()
      .describe(
        'Owner or member of the tenant as which the subject has it: the subject, or a group of theirs. It works as long as the tenant has that one. Absent when an owner granted it to somebody else.',
      ),
    client: z
      .enum(grantClients)
      .describe('What the token is used with; git opens the repository.'),
    functions: z
      .array(z.string().max(100))
      .max(100)
      .optional()
      .describe('All functions when absent.'),
    presets: anyObject()
      .optional()
      .describe('Parameters that the reader cannot change.'),
    expiresAt: instantSchema.describe('When it ends (RFC 3339).'),
    tokenHash: digestSchema.describe(
      'SHA-256 of the token; the token itself is shown once and never kept.',
    ),
  })
  .describe('What the token opens, for whom and until when.');

/** A person's right to read an app with a token. */
export const grantKind = defineKind({
  kind: 'Grant',
  plural: 'grants',
  shortNames: ['gr'],
  scope: 'Namespaced',
  description:
    "A person's right to read an app, or its repository, with a token.",
  spec: withRules(grantSpec, [
    {
      cel: "self.client == 'git' || has(self.environment)",
      message: 'A grant for results must name an environment',
      holds: ({ client, environment }) =>
        client === 'git' || environment !== undefined,
    },
    {
      // A grant that took the hash of another one would take its token over.
      cel: 'self.tokenHash == oldSelf.tokenHash && self.app == oldSelf.app && self.client == oldSelf.client && self.subject == oldSelf.subject',
      message:
        'A grant keeps its token, app, client and subject; delete it and make another one',
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      lastUsed: instantSchema
        .optional()
        .describe('When it was used last (RFC 3339).'),
      calls: z.int().min(0).optional().describe('How often it was used.'),
      streamedRows: z
        .int()
        .min(0)
        .optional()
        .describe('Rows that streams have sent.'),
    })
    .describe('How the token is used.'),
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
