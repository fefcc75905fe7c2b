// What Backstage still keeps under /alpha; the only file that imports it as a value.
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { TemplateCard } from '@backstage/plugin-scaffolder-react/alpha';

/** Cards of templates with the verdict of their contract tests, in place of Backstage's own. */
export const templateCard = SwappableComponentBlueprint.make({
  name: 'template-card',
  params: defineParams =>
    defineParams({
      component: TemplateCard,
      loader: () => import('./TemplateCard').then(m => m.TemplateCard),
    }),
});
