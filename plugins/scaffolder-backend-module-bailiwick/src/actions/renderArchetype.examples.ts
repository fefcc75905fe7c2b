import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples shown with the action. */
export const examples: TemplateExample[] = [
  {
    description: 'Write code of a price feed',
    example: stringify({
      steps: [
        {
          id: 'render',
          action: 'bailiwick:archetype:render',
          name: 'Write code',
          input: {
            tenant: 'rates-desk',
            name: 'month-end-prices',
            title: 'Month-end prices',
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
];
