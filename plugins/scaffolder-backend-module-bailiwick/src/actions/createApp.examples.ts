import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples shown with the action. */
export const examples: TemplateExample[] = [
  {
    description: 'Run code from a repository in an environment',
    example: stringify({
      steps: [
        {
          id: 'app',
          action: 'bailiwick:app:create',
          name: 'Create app',
          input: {
            tenant: 'rates-desk',
            name: 'month-end-prices',
            title: 'Month-end prices',
            environment: 'dev',
            archetype: {
              pack: 'market',
              version: '1.0.0',
              name: 'price-feed',
            },
            answers: { symbols: ['AAPL', 'MSFT'] },
          },
        },
      ],
    }),
  },
  {
    description: 'Run a job whose results are stored in an S3 bucket',
    example: stringify({
      steps: [
        {
          id: 'app',
          action: 'bailiwick:app:create',
          name: 'Create app',
          input: {
            tenant: 'rates-desk',
            name: 'nightly-report',
            title: 'Nightly report',
            environment: 'dev',
            archetype: { pack: 'market', version: '1.0.0', name: 'report' },
            answers: {},
            results: { connection: 'results' },
          },
        },
      ],
    }),
  },
];
