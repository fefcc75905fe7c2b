import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples shown with the action. */
export const examples: TemplateExample[] = [
  {
    description: 'Create a repository from the files of earlier steps',
    example: stringify({
      steps: [
        {
          id: 'repository',
          action: 'bailiwick:repo:create',
          name: 'Create repository',
          input: { tenant: 'rates-desk', name: 'month-end-prices' },
        },
      ],
    }),
  },
];
