import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const input = {
  name: 'rates-desk',
  reason: 'Prices for the morning meeting.',
  spec: {
    title: 'Rates desk',
    purpose: 'Curves and prices for the morning meeting.',
    owners: ['group:default/rates'],
    members: [{ subject: 'user:default/bea', role: 'builder' }],
    plan: 'small',
    environments: [{ name: 'dev' }],
  },
};

function step(more: object): string {
  return stringify({
    steps: [
      {
        id: 'request',
        action: 'bailiwick:tenant:request',
        name: 'Request tenant',
        input: { ...input, ...more },
      },
    ],
  });
}

/** Examples shown with the action. */
export const examples: TemplateExample[] = [
  { description: 'Request a tenant', example: step({}) },
  {
    description: 'Request a tenant and wait until it is ready',
    example: step({ waitMinutes: 10 }),
  },
];
