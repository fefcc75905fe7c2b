import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import {
  environmentNameMax,
  tenantNameMax,
  tenantRoles,
  type DomainPack,
  type Plan,
  titleMax,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { textAnswer } from '../forms/fieldOf';
import { origin } from './origin';

const name = 'request-tenant';

const text = (title: string, description: string, maxLength: number) => ({
  title,
  description,
  type: 'string',
  minLength: 1,
  maxLength,
  'ui:field': textAnswer,
  'ui:hideError': true,
});

const aboutStep = {
  title: 'About',
  required: ['title', 'name', 'purpose', 'reason'],
  properties: {
    title: text('Title', 'Display name.', titleMax),
    name: {
      ...text(
        'Name',
        "Part of addresses; can't be changed later.",
        tenantNameMax,
      ),
      pattern: '^(?!.*--)[a-z]([-a-z0-9]*[a-z0-9])?$',
      errorMessage: {
        pattern:
          'must start with a lowercase letter, contain only lowercase letters, digits and single "-", and end with a letter or digit',
      },
    },
    purpose: text('Purpose', 'Purpose, in one sentence.', 500),
    reason: text('Reason', 'Reason, shown to approvers.', 500),
  },
};

const peopleStep = {
  title: 'Owner and members',
  required: ['owner'],
  properties: {
    owner: {
      title: 'Owner',
      description: 'Group that owns the tenant; you must be a member.',
      type: 'string',
      'ui:field': 'MyGroupsPicker',
    },
    members: {
      title: 'Members',
      description:
        'People and groups with a role. You can change members later.',
      type: 'array',
      default: [],
      items: {
        type: 'object',
        required: ['subject', 'role'],
        properties: {
          subject: {
            title: 'Person or group',
            type: 'string',
            'ui:field': 'EntityPicker',
            'ui:options': {
              catalogFilter: { kind: ['User', 'Group'] },
              allowArbitraryValues: false,
            },
          },
          role: {
            title: 'Role',
            description:
              'Owners manage the tenant, builders create apps, viewers read them.',
            type: 'string',
            enum: tenantRoles,
            default: 'viewer',
          },
        },
      },
    },
  },
};

/** Returns a Template that requests a tenant, with the existing plans and packs; none without a plan. */
export function buildTenantTemplate(
  plans: Plan[],
  packs: DomainPack[],
): Entity[] {
  if (plans.length === 0) return [];
  return [
    {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: {
        name,
        namespace: DEFAULT_NAMESPACE,
        title: 'Request a tenant',
        description:
          "A workspace for your team's apps. A plan rule or an approver decides.",
        tags: ['tenant'],
        annotations: origin('template', name),
      },
      spec: {
        owner: platformGroup,
        type: 'tenant',
        parameters: [aboutStep, peopleStep, useStep(plans, packs)],
        steps: [
          {
            id: 'request',
            name: 'Request tenant',
            action: 'bailiwick:tenant:request',
            input: {
              name: '${{ parameters.name }}',
              reason: '${{ parameters.reason }}',
              spec: {
                title: '${{ parameters.title }}',
                purpose: '${{ parameters.purpose }}',
                owners: ['${{ parameters.owner }}'],
                members: '${{ parameters.members }}',
                plan: '${{ parameters.plan }}',
                environments: '${{ parameters.environments }}',
                ...(packs.length > 0 && {
                  domains: '${{ parameters.domains }}',
                }),
              },
            },
          },
        ],
        output: {
          links: [
            {
              title: 'Open the request',
              icon: 'dashboard',
              url: '/requests?request=${{ steps.request.output.request }}',
            },
          ],
          text: [
            {
              title: 'Next steps',
              content:
                'A plan rule or an approver decides. You are notified of the decision.',
            },
          ],
        },
      } as Entity['spec'],
    },
  ];
}

function useStep(plans: Plan[], packs: DomainPack[]) {
  const ordered = plans.toSorted(
    (one, other) => one.spec.order - other.spec.order,
  );
  const environments = [
    ...new Set(ordered.flatMap(({ spec }) => spec.environments.names)),
  ];
  return {
    title: 'Plan and limits',
    required: ['plan', 'environments'],
    properties: {
      plan: {
        title: 'Plan',
        description:
          'Limits and cost. The form under Tenants compares all plans.',
        type: 'string',
        enum: ordered.map(({ metadata }) => metadata.name),
        enumNames: ordered.map(planWords),
        default: ordered[0].metadata.name,
      },
      environments: {
        title: 'Environments',
        description: 'Environments for apps.',
        type: 'array',
        minItems: 1,
        default: [{ name: environments[0] ?? 'dev', protected: false }],
        items: {
          type: 'object',
          required: ['name'],
          properties: {
            name: {
              title: 'Name',
              type: 'string',
              maxLength: environmentNameMax,
              ...(environments.length > 0 && { examples: environments }),
            },
            protected: {
              title: 'Protected',
              description: 'Accepts only approved releases.',
              type: 'boolean',
              default: false,
            },
          },
        },
      },
      ...(packs.length > 0 && { domains: domainsField(packs) }),
    },
  };
}

function domainsField(packs: DomainPack[]) {
  return {
    title: 'Domains',
    description: 'Packs that provide app templates.',
    type: 'array',
    default: [],
    uniqueItems: true,
    'ui:widget': 'checkboxes',
    items: {
      type: 'string',
      enum: packs.map(({ metadata }) => metadata.name),
      enumNames: packs.map(({ spec }) => spec.title),
    },
  };
}

/** Describes a plan in one line: its title, and the beginning of its description. */
function planWords({ spec: { description, title } }: Plan): string {
  const [first] = description.split(/(?<=\.)\s/);
  return first ? `${title}: ${first}` : title;
}
