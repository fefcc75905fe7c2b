import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import {
  aPlan,
  localCluster,
  marketPack,
  monthEndPrices,
  ratesDesk,
  runningApp,
} from '../__fixtures__/objects';
import { buildAppEntities } from './buildAppEntities';
import { buildClusterEntity } from './buildClusterEntity';
import { buildPackEntities } from './buildPackEntities';
import { buildTenantEntities } from './buildTenantEntities';
import { buildTenantTemplate } from './buildTenantTemplate';

const gatewayUrl = 'http://gateway.test';
const around = { gatewayUrl };
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  templateEntityV1beta3Validator,
];

/** Whether the catalog would take an entity; throws when it is wrong. */
async function isValid(entity: Entity): Promise<boolean> {
  await policy.enforce(entity);
  const verdicts = await Promise.all(
    validators.map(validator => validator.check(entity)),
  );
  return verdicts.includes(true);
}

const byKind = (entities: Entity[], kind: string): any =>
  entities.find(entity => entity.kind === kind);

describe('entities', () => {
  const pack = buildPackEntities(marketPack);
  const tenant = buildTenantEntities(ratesDesk);
  const app = buildAppEntities(runningApp, around);
  const template = buildTenantTemplate([aPlan('small', 1)], [marketPack]);

  const cluster = buildClusterEntity(localCluster);

  it.each(
    [...pack, ...tenant, ...app, ...template, cluster].map(entity => ({
      ref: stringifyEntityRef(entity),
      entity,
    })),
  )('are taken by the catalog: $ref', async ({ entity }) => {
    await expect(isValid(entity)).resolves.toBe(true);
  });

  it('never share a name, even when a tenant is called like a pack', () => {
    const namesake = buildTenantEntities({
      ...ratesDesk,
      metadata: { name: marketPack.metadata.name },
    });
    const refs = [...pack, ...namesake, ...app].map(entity =>
      stringifyEntityRef(entity),
    );
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('have an origin', () => {
    for (const { metadata } of [...pack, ...tenant, ...app]) {
      expect(metadata.annotations).toMatchObject({
        'backstage.io/managed-by-location':
          expect.stringMatching(/^bailiwick:/),
        'backstage.io/managed-by-origin-location':
          expect.stringMatching(/^bailiwick:/),
      });
    }
  });
});

describe('buildTenantEntities', () => {
  it('makes the owning group the owner of the domain and lists the people as members', () => {
    const entities = buildTenantEntities(ratesDesk);
    expect(byKind(entities, 'Domain').spec.owner).toBe('group:default/rates');
    expect(byKind(entities, 'Group').spec.members).toEqual([
      'user:default/bea',
    ]);
  });
});

describe('buildAppEntities', () => {
  it('has no API before the app ran for the first time', () => {
    const entities = buildAppEntities(monthEndPrices, around);
    expect(entities.map(({ kind }) => kind)).toEqual(['System', 'Component']);
    expect(byKind(entities, 'Component').spec.providesApis).toEqual([]);
  });

  it('describes the running app as an API at the gateway', () => {
    const entities = buildAppEntities(runningApp, around);
    expect(byKind(entities, 'Component').spec.providesApis).toEqual([
      'month-end-prices',
    ]);
    const definition = JSON.parse(byKind(entities, 'API').spec.definition);
    expect(definition.servers).toEqual([
      { url: `${gatewayUrl}/v1/rates-desk/dev/month-end-prices` },
    ]);
    expect(Object.keys(definition.paths)).toEqual(['/prices']);
  });

  it('calls an app experimental until an environment runs a release', () => {
    const lifecycleOf = (app: typeof runningApp) =>
      buildAppEntities(app, around)
        .filter(({ kind }) => kind !== 'System')
        .map(({ spec }) => spec?.lifecycle);
    expect(lifecycleOf(runningApp)).toEqual(['experimental', 'experimental']);
    const released = {
      ...runningApp,
      spec: {
        ...runningApp.spec,
        environments: [{ name: 'prod', release: 'month-end-prices-r1' }],
      },
    };
    expect(lifecycleOf(released)).toEqual(['production', 'production']);
  });

  it('contains the shape of the app', () => {
    const typeOf = (shape?: 'job') =>
      byKind(
        buildAppEntities(monthEndPrices, { ...around, shape }),
        'Component',
      ).spec.type;
    expect([typeOf(), typeOf('job')]).toEqual(['function', 'job']);
  });

  it('puts the app into the domain of its tenant', () => {
    const system = byKind(buildAppEntities(monthEndPrices, around), 'System');
    expect(system.metadata.namespace).toBe('rates-desk');
    expect(system.spec.domain).toBe('domain:default/rates-desk');
  });

  it('ignores apps outside a home namespace', () => {
    const { metadata } = monthEndPrices;
    const stray = {
      ...monthEndPrices,
      metadata: { ...metadata, namespace: 'default' },
    };
    expect(buildAppEntities(stray, around)).toEqual([]);
  });
});

describe('buildPackEntities', () => {
  const template = byKind(buildPackEntities(marketPack), 'Template');
  const [answers, preflight, ...more] = template.spec.parameters;

  it('asks everything on one page, and shows a preview on the next', () => {
    expect(answers.title).toBe('Price feed');
    expect(Object.keys(preflight.properties)).toEqual(['preflight']);
    expect(more).toEqual([]);
  });

  it('asks for the place of the app first', () => {
    expect(answers['ui:order'].slice(0, 4)).toEqual([
      'place',
      'title',
      'name',
      'description',
    ]);
    expect(answers['ui:order'].slice(-2)).toEqual(['settings', '*']);
    const { name, place } = answers.properties;
    expect(place['ui:field']).toBe('BailiwickPlacePicker');
    expect(name['ui:field']).toBe('BailiwickAppName');
  });

  it('shows the labels of values where there are some', () => {
    const [stocks, ...others] = marketPack.spec.datasets;
    const labels = { symbol: { AAPL: 'Apple' } };
    const labelled = {
      ...marketPack,
      spec: {
        ...marketPack.spec,
        datasets: [{ ...stocks, labels }, ...others],
      },
    };
    const built = byKind(buildPackEntities(labelled), 'Template');
    const { symbols } = built.spec.parameters[0].properties;
    expect(symbols.items).toMatchObject({
      enum: ['AAPL', 'MSFT'],
      enumNames: ['Apple', 'MSFT'],
    });
  });

  it('passes check digits to the form', () => {
    const [feed] = marketPack.spec.archetypes;
    const asking = {
      ...marketPack,
      spec: {
        ...marketPack.spec,
        vocabulary: [
          { name: 'Isin', schema: { type: 'string', checksum: 'isin' } },
        ],
        archetypes: [
          {
            ...feed,
            parameters: {
              type: 'object',
              properties: {
                paper: {
                  title: 'Paper',
                  'x-bailiwick': { vocabulary: 'Isin' },
                },
              },
            },
          },
        ],
      },
    };
    const built = byKind(buildPackEntities(asking), 'Template');
    expect(built.spec.parameters[0].properties.paper).toMatchObject({
      checksum: 'isin',
      'ui:field': 'BailiwickTextAnswer',
    });
  });

  it('validates answers by the vocabulary and offers values of the data', () => {
    expect(answers.properties.symbols.items).toEqual({
      type: 'string',
      description: 'Ticker symbol of a share.',
      pattern: '^[A-Z]{1,5}$',
      enum: ['AAPL', 'MSFT'],
    });
    expect(answers.properties.symbols).toMatchObject({
      uniqueItems: true,
      'ui:widget': 'checkboxes',
      errorMessage: { minItems: 'needs at least one choice' },
    });
  });

  it('prefers a parameter’s own hints to the vocabulary', () => {
    expect(answers.properties.benchmark).toMatchObject({
      type: 'string',
      description: 'What to compare with.',
      pattern: '^[A-Z]{1,5}$',
    });
  });

  it('checks texts while one types, in words instead of patterns', () => {
    expect(answers.properties.benchmark).toMatchObject({
      'ui:field': 'BailiwickTextAnswer',
      errorMessage: { pattern: 'must have a format such as AAPL' },
    });
  });

  it('keeps the order of a parameter’s hints', () => {
    expect(answers.properties.end['ui:options']).toEqual({
      notBefore: { name: 'start', title: 'First month' },
    });
  });

  it('asks dependent questions only with the other answer', () => {
    expect(answers.properties).not.toHaveProperty('fee');
    expect(answers.required).toEqual(['place', 'name', 'title', 'symbols']);
    expect(answers.dependencies).toEqual({
      hedged: {
        oneOf: [
          {
            required: ['fee'],
            properties: {
              hedged: { enum: [true] },
              fee: expect.objectContaining({
                'ui:field': 'BailiwickNumberAnswer',
                'ui:options': { unit: '%' },
                minimum: 0,
                default: 1,
              }),
            },
          },
          { properties: { hedged: { enum: [false] } }, required: [] },
        ],
      },
    });
  });

  it('asks for the environment’s settings in a section of its own', () => {
    expect(answers.properties.settings).toMatchObject({
      title: 'In this environment',
      properties: { source: { title: 'Source', default: 'close' } },
    });
    expect(template.spec.steps.at(-1).input.settings).toBe(
      '${{ parameters.settings }}',
    );
  });

  it('leads from the finished template to the rows of the app', () => {
    expect(template.spec.output.links).toEqual([
      expect.objectContaining({
        url: '/catalog/${{ parameters.place.tenant }}/component/${{ parameters.name }}',
      }),
    ]);
  });

  it('leaves no hint behind that the form would not understand', () => {
    expect(JSON.stringify(template)).not.toContain('x-bailiwick');
  });

  it('renders, creates the repository and creates the app, in this order', () => {
    expect(template.spec.steps.map(({ action }: any) => action)).toEqual([
      'bailiwick:archetype:render',
      'bailiwick:repo:create',
      'bailiwick:app:create',
    ]);
    expect(template.spec.steps[0].input.archetype).toEqual({
      pack: 'market',
      version: '1.0.0',
      name: 'price-feed',
    });
  });
});

describe('buildTenantTemplate', () => {
  const plans = [aPlan('large', 20), aPlan('small', 10)];
  const specOf = (entity: Entity): any => entity.spec;
  const [use] = specOf(
    buildTenantTemplate(plans, [marketPack])[0],
  ).parameters.slice(-1);

  it('offers the plans and packs there are, the smallest plan first', () => {
    const { domains, plan } = use.properties;
    expect(plan.default).toBe('small');
    expect(plan.enum).toEqual(['small', 'large']);
    expect(plan.enumNames).toEqual([
      'The small one: For a first app.',
      'The large one: For a first app.',
    ]);
    expect(domains.items).toMatchObject({
      enum: ['market'],
      enumNames: ['Market'],
    });
  });

  it('passes the answers of its form to the action', () => {
    const { parameters, steps } = specOf(buildTenantTemplate(plans, [])[0]);
    const asked = parameters.flatMap(({ properties }: any) =>
      Object.keys(properties),
    );
    const { action, input } = steps[0];
    expect(action).toBe('bailiwick:tenant:request');
    const used = JSON.stringify(input).match(/(?<=parameters\.)\w+/g);
    expect(used?.sort()).toEqual(asked.sort());
    expect(asked).not.toContain('domains');
  });

  it('is not there while there is no plan', () => {
    expect(buildTenantTemplate([], [marketPack])).toEqual([]);
  });
});
