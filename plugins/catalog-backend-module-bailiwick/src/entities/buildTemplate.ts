import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import {
  annotations,
  type Archetype,
  type DomainPack,
  titleMax,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { templateName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { textAnswer } from '../forms/fieldOf';
import {
  formSchema,
  settingsSchema,
  type FormSchema,
} from '../forms/formSchema';
import { origin } from './origin';

// The label contains both, with their chosen names.
const notReviewed = { 'ui:backstage': { review: { show: false } } };

/** Parameters of every app: tenant, environment and name. */
const appSchema = {
  required: ['place', 'name', 'title'],
  properties: {
    place: {
      title: 'Tenant and environment',
      description:
        'The tenant owns the app. Its first version runs in the environment.',
      type: 'object',
      'ui:field': 'BailiwickPlacePicker',
      required: ['tenant', 'environment'],
      errorMessage: 'must be chosen',
      properties: {
        tenant: { type: 'string', title: 'Tenant', ...notReviewed },
        environment: { type: 'string', title: 'Environment', ...notReviewed },
        label: { type: 'string', title: 'Tenant and environment' },
      },
    },
    title: {
      title: 'Title',
      description: 'Display name.',
      type: 'string',
      minLength: 1,
      maxLength: titleMax,
      errorMessage: {
        minLength: 'must not be empty',
        maxLength: `must have at most ${titleMax} characters`,
      },
      'ui:field': textAnswer,
      'ui:hideError': true,
    },
    name: {
      title: 'Name',
      description: "Part of addresses; can't be changed later.",
      type: 'string',
      'ui:field': 'BailiwickAppName',
      'ui:hideError': true,
    },
    description: {
      title: 'Description',
      description: 'One sentence for the catalog.',
      type: 'string',
      maxLength: 500,
      errorMessage: { maxLength: 'must have at most 500 characters' },
      'ui:field': textAnswer,
      'ui:hideError': true,
    },
  },
};

/** Returns the last step: the checks of the app, without questions. */
function preflightStep(archetype: object) {
  return {
    title: 'Checks',
    properties: {
      preflight: {
        title: 'Checks',
        type: 'object',
        'ui:field': 'BailiwickAppPreflight',
        'ui:hideError': true,
        'ui:options': { archetype },
        ...notReviewed,
      },
    },
  };
}

/** The first step: everything that is asked, so that a form with good defaults is one page. */
function questionsStep(
  archetype: Archetype,
  answers: FormSchema,
  settings: FormSchema | undefined,
) {
  const { properties, required } = appSchema;
  return {
    ...answers,
    title: archetype.title,
    required: [...required, ...(answers.required ?? [])],
    properties: {
      ...properties,
      ...answers.properties,
      ...(settings && { settings }),
    },
    // Without an order, forms put dependent questions last.
    'ui:order': [
      ...Object.keys(properties),
      ...(answers['ui:order'] ?? Object.keys(answers.properties ?? {})),
      ...(settings ? ['settings'] : []),
      '*',
    ],
  };
}

/** An archetype as a Template of the scaffolder: its form, and the steps that make an app. */
export function buildTemplate(pack: DomainPack, archetype: Archetype): Entity {
  const name = templateName(pack.metadata.name, archetype.name);
  const reference = {
    pack: pack.metadata.name,
    version: pack.spec.version,
    name: archetype.name,
  };
  const settings = settingsSchema(pack, archetype);
  const place = {
    tenant: '${{ parameters.place.tenant }}',
    name: '${{ parameters.name }}',
  };
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name,
      namespace: DEFAULT_NAMESPACE,
      title: archetype.title,
      description: archetype.description,
      tags: [pack.metadata.name, archetype.shape],
      annotations: {
        ...origin('archetype', name),
        [annotations.domain]: pack.metadata.name,
        [annotations.archetype]: `${reference.pack}/${reference.name}@${reference.version}`,
      },
    },
    spec: {
      owner: pack.spec.owners[0],
      type: archetype.shape,
      parameters: [
        questionsStep(archetype, formSchema(pack, archetype), settings),
        preflightStep(reference),
      ],
      steps: [
        {
          id: 'render',
          name: 'Write code',
          action: 'bailiwick:archetype:render',
          input: {
            ...place,
            archetype: reference,
            title: '${{ parameters.title }}',
            description: '${{ parameters.description }}',
            answers: '${{ parameters }}',
          },
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
            title: '${{ parameters.title }}',
            description: '${{ parameters.description }}',
            environment: '${{ parameters.place.environment }}',
            archetype: reference,
            answers: '${{ steps.render.output.answers }}',
            ...(settings && { settings: '${{ parameters.settings }}' }),
          },
        },
      ],
      output: {
        links: [
          {
            title: 'Open app',
            icon: 'catalog',
            url: '/catalog/${{ parameters.place.tenant }}/component/${{ parameters.name }}',
          },
        ],
      },
    } as Entity['spec'],
  };
}
