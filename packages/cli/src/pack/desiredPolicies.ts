import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  group,
  labels,
  managedBy,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

const apiVersion = 'admissionregistration.k8s.io/v1';
const ways = { rest: 'JSON', csv: 'CSV and Excel' } as const;

/**
 * Returns a pack's policies and delivery options as a ValidatingAdmissionPolicy on its apps with its binding; empty
 * without any.
 *
 * A rule sees the spec of an app as `app`, which `[object.spec].all(app, <rule>)` defines. An app that broke the rule
 * before can still be changed, so a stricter pack locks no one out.
 */
export function desiredPolicies({ metadata, spec }: DomainPack): Desired[] {
  const { delivery, policies = [], title } = spec;
  const closed = (['rest', 'csv'] as const)
    .filter(way => delivery?.[way] === false)
    .map(way => ({
      rule: `!app.?delivery.?${way}.orValue(true)`,
      message: `The pack ${title} does not allow ${ways[way]}: set delivery.${way} of the app to false`,
    }));
  const all = [...policies, ...closed];
  if (all.length === 0) return [];
  const name = policyName(metadata.name);
  const common = {
    name,
    labels: { [labels.managedBy]: managedBy },
    ...(metadata.uid && {
      ownerReferences: [
        {
          apiVersion: `${group}/v1alpha1`,
          kind: 'DomainPack',
          name: metadata.name,
          uid: metadata.uid,
        },
      ],
    }),
  };
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: common,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [group],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['apps'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'of-the-pack',
            expression: `object.spec.archetype.pack == '${metadata.name}'`,
          },
          {
            name: 'not-the-operator',
            expression: "request.userInfo.username != 'bailiwick:operator'",
          },
        ],
        validations: all.map(({ message, rule }) => ({
          expression: `[object.spec].all(app, ${rule}) || (oldObject != null && ![oldObject.spec].all(app, ${rule}))`,
          message,
        })),
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: common,
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}

/** Name of the policy of a pack, and of its binding. */
export function policyName(pack: string): string {
  return `bailiwick-pack-${pack}`;
}
