/** Reference of {@link slowTemplate}. */
export const slowTemplateRef = 'template:default/slow-feed';

const place = {
  tenant: '${{ parameters.tenant }}',
  name: '${{ parameters.name }}',
};
const archetype = { pack: 'market', version: '1.0.0', name: 'price-feed' };

/** The steps of an app's template, with enough time for a kill after the first one. */
export const slowTemplate = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'slow-feed', title: 'A feed that takes its time' },
  spec: {
    type: 'function',
    owner: 'group:default/platform',
    parameters: [
      {
        title: 'Place',
        required: ['tenant', 'name'],
        properties: { tenant: { type: 'string' }, name: { type: 'string' } },
      },
    ],
    steps: [
      {
        id: 'render',
        name: 'Write code',
        action: 'bailiwick:archetype:render',
        input: { ...place, title: 'Feed', archetype, answers: {} },
      },
      {
        id: 'wait',
        name: 'Wait',
        action: 'debug:wait',
        input: { seconds: 15 },
      },
      {
        id: 'repository',
        name: 'Create repository',
        action: 'bailiwick:repo:create',
        input: place,
      },
      {
        id: 'app',
        name: 'Create app',
        action: 'bailiwick:app:create',
        input: {
          ...place,
          title: 'Feed',
          environment: 'dev',
          archetype,
          answers: '${{ steps.render.output.answers }}',
        },
      },
    ],
  },
};
