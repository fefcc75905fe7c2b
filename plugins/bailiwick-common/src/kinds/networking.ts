import { z } from 'zod';
import { withRules, type Rule } from './schema/rules';
import { labelSchema } from './schema/scalars';

/** Longest host name in characters (RFC 1035, section 2.3.4). @public */
export const hostNameMax = 253;

/** Example of a rule for host names, for messages and forms. @public */
export const hostRuleExample = '{app}-{environment}.{tenant}.apps.example.com';

const placeholders = '\\{(?:app|environment|tenant)\\}';
const label = `(?:[a-z0-9]|${placeholders})(?:(?:[a-z0-9-]|${placeholders})*(?:[a-z0-9]|${placeholders}))?`;

/** Rule by which the addresses of apps get host names. */
export const hostRuleSchema = withRules(
  z
    .string()
    .max(hostNameMax)
    .regex(
      new RegExp(`^${label}(?:\\.${label})+$`),
      `must be a host name with the placeholders {app}, {environment} and {tenant} and no others, such as ${hostRuleExample}`,
    )
    .describe(
      `Host names of addresses, with the placeholders {app}, {environment} and {tenant}, such as ${hostRuleExample}.`,
    ),
  [
    {
      cel: "self.contains('{app}')",
      message: `must contain the placeholder {app}, such as ${hostRuleExample}`,
      holds: self => self.includes('{app}'),
    },
  ],
);

const reference = (kind: string, namespace: string) =>
  z
    .object({
      namespace: labelSchema.describe(namespace),
      name: z
        .string()
        .min(1)
        .max(253)
        .regex(
          /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/,
          `must be the name of a ${kind}`,
        )
        .describe(`Name of the ${kind}.`),
    })
    .describe(`${kind} of the platform that receives the calls.`);

/** Names of Google Cloud: a letter, then letters, digits and "-". */
const cloudName = (description: string) =>
  z
    .string()
    .max(63)
    .regex(
      /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
      'must be a name of Google Cloud: lowercase letters, digits and "-"',
    )
    .describe(description);

const ingress = z
  .object({
    className: labelSchema.describe('Name of the IngressClass.'),
    annotations: z
      .record(z.string(), z.string())
      .optional()
      .describe('Annotations of each Ingress, for its controller.'),
  })
  .describe('Settings of the profile ingress.');

const gatewayApi = z
  .object({
    gateway: reference('Gateway', 'Namespace of the Gateway.'),
    sectionName: labelSchema
      .optional()
      .describe('Listener of the Gateway; by default all that fit.'),
  })
  .describe('Settings of the profile gateway-api.');

const istio = z
  .object({ gateway: reference('Gateway', 'Namespace of the Gateway.') })
  .describe('Settings of the profile istio.');

const gke = withRules(
  z
    .object({
      className: z
        .enum([
          'gke-l7-global-external-managed',
          'gke-l7-regional-external-managed',
          'gke-l7-rilb',
        ])
        .default('gke-l7-global-external-managed')
        .describe('GatewayClass: the kind of load balancer.'),
      certificateMap: cloudName(
        'Certificate map of Certificate Manager, for a global load balancer.',
      ).optional(),
      certificates: z
        .array(cloudName('Name of the certificate.'))
        .min(1)
        .max(15)
        .optional()
        .describe(
          'Certificates of Certificate Manager, for a regional load balancer.',
        ),
      address: cloudName(
        'Name of a reserved static IP address; by default, Google Cloud assigns one.',
      ).optional(),
    })
    .describe('Settings of the profile gke.'),
  [
    {
      cel: "(self.className == 'gke-l7-global-external-managed') == has(self.certificateMap) && has(self.certificateMap) != has(self.certificates)",
      message:
        'A global load balancer requires certificateMap, a regional one requires certificates',
      holds: ({ className, certificateMap, certificates }) =>
        (className === 'gke-l7-global-external-managed') ===
          (certificateMap !== undefined) &&
        (certificateMap === undefined) !== (certificates === undefined),
    },
  ],
);

const nodePort = z
  .object({
    port: z
      .int()
      .min(1)
      .max(65_535)
      .describe(
        'Port of the nodes on which the gateway is reached; the API server allows 30000 to 32767 by default.',
      ),
    loadBalancer: z
      .boolean()
      .optional()
      .describe(
        'Whether a load balancer with TLS on port 443 leads to this port. Addresses then begin with https.',
      ),
  })
  .describe('Settings of the profile node-port.');

const certificates = withRules(
  z
    .object({
      issuer: z
        .object({
          kind: z.enum(['Issuer', 'ClusterIssuer']).describe('Kind of issuer.'),
          name: labelSchema.describe('Name of the issuer.'),
        })
        .optional()
        .describe('Issuer of cert-manager.'),
      secret: labelSchema
        .optional()
        .describe(
          'Name of a Secret in bailiwick-system with a wildcard certificate; for the profile ingress.',
        ),
    })
    .describe(
      'Certificates of addresses. By default, the proxy in front of the gateway has them.',
    ),
  [
    {
      cel: 'has(self.issuer) != has(self.secret)',
      message: 'certificates must have exactly one of issuer and secret',
      holds: ({ issuer, secret }) =>
        (issuer === undefined) !== (secret === undefined),
    },
  ],
);

const settings = {
  ingress,
  gatewayApi,
  istio,
  gke,
  nodePort,
};

/** Profile for which each group of settings is. */
const profileOf = {
  ingress: 'ingress',
  gatewayApi: 'gateway-api',
  istio: 'istio',
  gke: 'gke',
  nodePort: 'node-port',
} as const satisfies Record<keyof typeof settings, string>;

const fields = z
  .object({
    profile: z
      .enum(['none', 'ingress', 'gateway-api', 'istio', 'gke', 'node-port'])
      .describe('What leads calls from outside to the gateway.'),
    hostRule: hostRuleSchema.optional(),
    ingress: ingress.optional(),
    gatewayApi: gatewayApi.optional(),
    istio: istio.optional(),
    gke: gke.optional(),
    nodePort: nodePort.optional(),
    certificates: certificates.optional(),
  })
  .describe('Addresses of apps.');

type Fields = z.output<typeof fields>;

const oneGroup = (
  Object.entries(profileOf) as [keyof typeof settings, string][]
).map(
  ([group, profile]): Rule<Fields> => ({
    cel: `has(self.${group}) == (self.profile == '${profile}')`,
    message: `networking.${group} belongs to the profile ${profile}: set it for this profile, and for no other`,
    holds: self => (self[group] !== undefined) === (self.profile === profile),
  }),
);

/** How calls from outside reach the gateway under the addresses of apps. */
export const networkingSchema = withRules(fields, [
  ...oneGroup,
  {
    cel: "self.profile == 'none' || has(self.hostRule)",
    message: `networking.hostRule is required, such as ${hostRuleExample}`,
    holds: ({ profile, hostRule }) =>
      profile === 'none' || hostRule !== undefined,
  },
  {
    cel: "!has(self.certificates) || self.profile == 'ingress' || (has(self.certificates.issuer) && self.profile in ['gateway-api', 'istio'])",
    message:
      'networking.certificates is for the profile ingress, and with an issuer for gateway-api and istio',
    holds: ({ profile, certificates: given }) =>
      given === undefined ||
      profile === 'ingress' ||
      (given.issuer !== undefined &&
        ['gateway-api', 'istio'].includes(profile)),
  },
  {
    // One certificate for all addresses: `*` replaces a whole label and only the first.
    cel: "!(self.profile in ['gateway-api', 'istio']) || !has(self.certificates) || !has(self.certificates.issuer) || !has(self.hostRule) || !self.hostRule.substring(self.hostRule.indexOf('.')).contains('{')",
    message:
      'With an issuer, the profiles gateway-api and istio have one wildcard certificate: use placeholders only before the first dot of hostRule, such as {app}-{environment}-{tenant}.apps.example.com',
    holds: ({ profile, hostRule, certificates: given }) =>
      !['gateway-api', 'istio'].includes(profile) ||
      given?.issuer === undefined ||
      hostRule === undefined ||
      !hostRule.slice(hostRule.indexOf('.')).includes('{'),
  },
]);

/** How calls from outside reach the gateway under the addresses of apps. @public */
export type Networking = z.output<typeof networkingSchema>;
