import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import { count, labelSchema, text, titleSchema } from './schema/scalars';
import { statusBase } from './status/conditions';

const egress = withRules(
  z
    .object({
      cidrs: z
        .array(
          z
            .string()
            .max(50)
            .regex(
              /^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}\/(3[0-2]|[12]?[0-9])|[0-9a-fA-F:]*:[0-9a-fA-F:.]*\/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$/,
              'must be a CIDR range such as 10.20.0.5/32',
            ),
        )
        .min(1)
        .max(20)
        .optional()
        .describe('CIDR ranges (RFC 4632), such as 10.20.0.5/32.'),
      namespace: labelSchema
        .optional()
        .describe('Namespace in this cluster that runs the server.'),
    })
    .describe('Destination that network policies of apps allow.'),
  [
    {
      cel: 'has(self.cidrs) != has(self.namespace)',
      message: 'egress must have exactly one of cidrs and namespace',
      holds: ({ cidrs, namespace }) =>
        (cidrs === undefined) !== (namespace === undefined),
    },
  ],
);

const s3 = z
  .object({
    bucket: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        'must be the name of an S3 bucket',
      )
      .describe('Name of the bucket.'),
    region: text(60, 'Region, such as eu-central-1.')
      .regex(/^[a-z0-9-]+$/, 'must be a region such as eu-central-1')
      .default('us-east-1'),
    prefix: text(200, 'Prefix of all keys, such as bailiwick/prod.')
      .regex(
        /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/,
        'must be a path such as bailiwick/prod',
      )
      .optional(),
    pathStyle: z
      .boolean()
      .default(true)
      .describe(
        'Whether addresses contain the bucket in the path; otherwise in the host name.',
      ),
  })
  .describe(
    'S3 bucket for results; the secret has the keys accessKeyId and secretAccessKey.',
  );

const names = (what: string) =>
  z.array(labelSchema).min(1).max(200).optional().describe(what);

/**
 * Server of a connection of a pack, or bucket for the results of apps, and the tenants that can use it; written by the
 * platform team.
 *
 * @public
 */
export const connectionKind = defineKind({
  kind: 'Connection',
  plural: 'connections',
  shortNames: ['bwconn'],
  scope: 'Cluster',
  description:
    'Server of a connection of a pack, or bucket for results, and the tenants that can use it.',
  spec: withRules(
    z
      .object({
        title: titleSchema,
        pack: labelSchema
          .optional()
          .describe('Pack that declares the connection.'),
        s3: s3.optional(),
        name: labelSchema.describe(
          'Name of the connection in the pack; of a bucket, the name in spec.results of apps.',
        ),
        host: z
          .string()
          .max(253)
          .regex(
            /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/,
            'must be a host name or an IP address',
          )
          .describe('Host name or IP address.'),
        port: count(1, 65_535, 'TCP port.'),
        tls: z.boolean().default(true).describe('Whether to use TLS.'),
        options: z
          .record(z.string(), z.string().max(500))
          .optional()
          .describe('Additional options, such as a database.'),
        secret: labelSchema
          .optional()
          .describe(
            'Secret with credentials in namespace bailiwick-system, such as username and password.',
          ),
        tenants: names(
          'Tenants with access; all by default, but required for a bucket.',
        ),
        environments: names('Environments with access; all by default.'),
        egress,
      })
      .describe('Server and access.'),
    [
      {
        cel: 'has(self.pack) != has(self.s3)',
        message: 'A connection must have exactly one of pack and s3',
        holds: ({ pack, s3: bucket }) =>
          (pack === undefined) !== (bucket === undefined),
      },
      {
        cel: '!has(self.s3) || has(self.secret)',
        message: 'A connection to a bucket must have a secret',
        holds: ({ s3: bucket, secret }) =>
          bucket === undefined || secret !== undefined,
      },
      {
        cel: '!has(self.s3) || has(self.tenants)',
        message:
          'A connection to a bucket must list its tenants in spec.tenants, because the code of those tenants can read the access key',
        holds: ({ s3: bucket, tenants }) =>
          bucket === undefined || tenants !== undefined,
      },
    ],
  ),
  status: z.object({ ...statusBase }).describe('Readiness of the connection.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Pack', type: 'string', jsonPath: '.spec.pack' },
    { name: 'Bucket', type: 'string', jsonPath: '.spec.s3.bucket' },
    { name: 'Connection', type: 'string', jsonPath: '.spec.name' },
    { name: 'Host', type: 'string', jsonPath: '.spec.host' },
    { name: 'Port', type: 'integer', jsonPath: '.spec.port' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** Server of a connection of a pack, or bucket for results, and the tenants that can use it. @public */
export type Connection = ObjectOf<typeof connectionKind>;
