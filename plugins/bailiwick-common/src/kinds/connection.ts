import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { withRules } from './schema/rules';
import { count, labelSchema, shownText } from './schema/scalars';
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
              'must be a range of addresses such as 10.20.0.5/32',
            ),
        )
        .min(1)
        .max(20)
        .optional()
        .describe('Ranges of addresses (RFC 4632), such as 10.20.0.5/32.'),
      namespace: labelSchema
        .optional()
        .describe('Namespace of this cluster in whose pods it runs.'),
    })
    .describe('Where it is, so that the network rules of apps let it through.'),
  [
    {
      cel: 'has(self.cidrs) != has(self.namespace)',
      message: 'egress names either cidrs or a namespace, exactly one of them',
      holds: ({ cidrs, namespace }) =>
        (cidrs === undefined) !== (namespace === undefined),
    },
  ],
);

const names = (what: string) =>
  z.array(labelSchema).min(1).max(200).optional().describe(what);

/** Where a connection of a pack leads, and for whom; the platform team writes it. */
export const connectionKind = defineKind({
  kind: 'Connection',
  plural: 'connections',
  shortNames: ['bwconn'],
  scope: 'Cluster',
  description: 'Where a connection of a pack leads, and for whom.',
  spec: z
    .object({
      title: shownText(80).describe('What people call it.'),
      pack: labelSchema.describe('Pack that names the connection.'),
      name: labelSchema.describe('Name of the connection in the pack.'),
      host: z
        .string()
        .max(253)
        .regex(
          /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/,
          'must be a host name or an address',
        )
        .describe('Host name or address, as apps use it.'),
      port: count(1, 65_535, 'TCP port.'),
      tls: z.boolean().default(true).describe('Whether it speaks TLS.'),
      options: z
        .record(z.string(), z.string().max(500))
        .optional()
        .describe('What else apps need to know, such as a database.'),
      secret: labelSchema
        .optional()
        .describe(
          'Secret in the namespace bailiwick-system, such as one with username and password.',
        ),
      tenants: names('Tenants that may use it; all when absent.'),
      environments: names('Environments that use it; all when absent.'),
      egress,
    })
    .describe('Where it leads, and for whom.'),
  status: z.object({ ...statusBase }).describe('Whether it can be used.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Pack', type: 'string', jsonPath: '.spec.pack' },
    { name: 'Connection', type: 'string', jsonPath: '.spec.name' },
    { name: 'Host', type: 'string', jsonPath: '.spec.host' },
    { name: 'Port', type: 'integer', jsonPath: '.spec.port' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
});

/** Where a connection of a pack leads, and for whom. */
export type Connection = ObjectOf<typeof connectionKind>;
