import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSchema } from './importSchema';

function importFixture(name: string) {
  const text = readFileSync(join(__dirname, '__fixtures__', name), 'utf8');
  const { findings, names, parameters } = importSchema(name, text);
  const lines = text.split('\n');
  return {
    parameters: parameters as {
      required?: string[];
      'ui:order': string[];
      properties: Record<string, Record<string, unknown>>;
    },
    names: Object.fromEntries(names.map(({ from, name: to }) => [from, to])),
    /** Reports a problem at a place; its line must contain the last part of the place. */
    told: (place: string) =>
      findings
        .filter(one => one.place === place)
        .map(({ line, what }) => {
          const key = place.split('/').at(-1);
          expect(lines[line - 1]).toContain(`"${key}"`);
          return what;
        })
        .join('; '),
  };
}

function importObject(schema: unknown) {
  return importSchema('schema.json', JSON.stringify(schema, undefined, 2));
}

describe('importSchema of a Helm chart', () => {
  const { names, parameters, told } = importFixture('values.schema.json');
  const { properties } = parameters;

  it('puts nested values beside the others, in their order', () => {
    expect(parameters['ui:order']).toEqual([
      'name_value',
      'image_version',
      'image_pull_policy',
      'storage_size',
      'storage_memory',
      'replicas',
      'share',
      'enabled',
      'hosts',
      'region_zone',
      'user',
      'choice',
      'wrong',
    ]);
    expect(Object.keys(properties)).toEqual(parameters['ui:order']);
    expect(names['image.pull-policy']).toBe('image_pull_policy');
    expect(properties.image_version.title).toBe('Image: Version');
    expect(properties.image_pull_policy.title).toBe('Image: Pull policy');
  });

  it('requires properties that all enclosing groups require', () => {
    expect(parameters.required).toEqual(['name_value', 'storage_size']);
  });

  it('keeps types, limits, choices and defaults', () => {
    expect(properties.name_value).toEqual({
      type: 'string',
      title: 'Name',
      description: 'What the release is called.',
    });
    expect(properties.image_version).toMatchObject({
      enum: ['2.0', '2.1'],
      default: '2.1',
    });
    expect(properties.replicas).toEqual({
      type: 'integer',
      title: 'Replicas',
      minimum: 1,
      maximum: 5,
      default: 2,
    });
    expect(properties.share).toMatchObject({ exclusiveMinimum: 0 });
    expect(properties.share).not.toHaveProperty('minimum');
    expect(properties.enabled).toMatchObject({
      type: 'boolean',
      default: true,
    });
    expect(properties.hosts).toMatchObject({
      type: 'array',
      items: { type: 'string', format: 'hostname' },
      default: ['one.example.org'],
    });
  });

  it('follows references, beside which their place has the last word', () => {
    const pattern = '^[0-9]+(m|Mi|Gi)?$';
    expect(properties.storage_size).toMatchObject({
      title: 'Storage: Size',
      pattern,
      default: '10Gi',
    });
    expect(properties.storage_memory).toMatchObject({
      title: 'Storage: Amount',
      pattern,
      default: '1',
    });
  });

  it('applies the hints of Onyxia that forms support', () => {
    expect(properties.region_zone).toMatchObject({
      default: 'north',
      'ui:widget': 'hidden',
    });
    expect(properties.user).toMatchObject({
      default: 'somebody',
      enum: ['somebody'],
      'ui:readonly': true,
    });
  });

  it.each([
    ['/if', /^if of an object omitted/],
    ['/then', /^then of an object omitted/],
    ['/definitions/forgotten', /not referenced/],
    ['/properties/image/properties/version/render', /render omitted/],
    [
      '/properties/storage/properties/size/x-onyxia/overwriteDefaultWith',
      /overwriteDefaultWith of x-onyxia omitted/,
    ],
    ['/properties/replicas/type', /the type null omitted/],
    ['/properties/region/properties/proxy', /can't be entered in a form/],
    ['/properties/password', /it is a secret/],
    ['/properties/labels', /an object without properties/],
    ['/properties/volumes', /a list of something other/],
    ['/properties/choice/anyOf', /anyOf omitted/],
    ['/properties/wrong/default', /it must be integer/],
  ])('reports that it cannot import %s', (place, words) => {
    expect(told(place)).toMatch(words);
  });
});

describe('importSchema of a Nextflow pipeline', () => {
  const { names, parameters, told } = importFixture('nextflow_schema.json');
  const { properties } = parameters;

  it('puts the groups into one list, in the order of allOf', () => {
    expect(parameters['ui:order']).toEqual([
      'input',
      'min_days',
      'title_value',
      'publish_mode',
      'version',
      'seed',
    ]);
    expect(parameters.required).toEqual(['input']);
    expect(names.title).toBe('title_value');
  });

  it('keeps titles and descriptions', () => {
    expect(properties.input).toEqual({
      type: 'string',
      title: 'Input',
      description: 'Table of stations.\n\nOne row for each station.',
      pattern: '^\\S+\\.csv$',
      errorMessage: { pattern: 'must be a CSV file' },
    });
  });

  it('keeps hidden values with their defaults', () => {
    expect(properties.publish_mode).toMatchObject({
      default: 'copy',
      'ui:widget': 'hidden',
    });
  });

  const input = '/$defs/input_options/properties/input';
  it.each([
    ['/$defs/input_options/fa_icon', /fa_icon of a group/],
    ['/$defs/input_options/description', /description of a group/],
    [`${input}/format`, /the format "file-path" omitted/],
    [`${input}/exists`, /exists omitted/],
    [`${input}/schema`, /schema omitted/],
    [`${input}/fa_icon`, /fa_icon omitted/],
    [
      '/$defs/advanced_options/properties/hook_url',
      /can't be entered in a form/,
    ],
    ['/$defs/unused_options', /not referenced/],
  ])('reports that it cannot import %s', (place, words) => {
    expect(told(place)).toMatch(words);
  });
});

describe('importSchema', () => {
  const named = (...names: string[]) =>
    importObject({
      properties: Object.fromEntries(
        names.map(name => [name, { type: 'string' }]),
      ),
    }).names.map(({ name }) => name);

  it.each([
    [
      ['max-len', 'max_len', 'max.len'],
      ['max_len', 'max_len_2', 'max_len_3'],
    ],
    [
      ['3d', 'Größe', '__x__', '日本'],
      ['parameter_3d', 'gr_e', 'x', 'parameter_'],
    ],
    [
      ['owner', 'true', 'toString'],
      ['owner_value', 'true_value', 'toString'],
    ],
  ])('creates valid names for %j', (names, expected) => {
    expect(named(...names)).toEqual(expected);
  });

  it('merges two members of allOf for one value, and reports their contradictions', () => {
    const { findings, parameters } = importObject({
      properties: {
        size: {
          allOf: [
            { type: 'integer', minimum: 1 },
            { type: 'integer', minimum: 2, maximum: 3 },
          ],
        },
      },
    });
    expect(parameters.properties).toEqual({
      size: { type: 'integer', title: 'Size', minimum: 1, maximum: 3 },
    });
    expect(findings).toEqual([
      {
        place: '/properties/size/allOf/1/minimum',
        line: 11,
        what: 'minimum is given twice; the first value is used',
      },
    ]);
  });

  it('omits a pattern that takes too long for its own default', () => {
    const text = `${'a'.repeat(40)}!`;
    const { findings, parameters } = importObject({
      properties: {
        one: { type: 'string', pattern: '^(a+)+$', default: text },
        many: {
          type: 'array',
          items: { type: 'string', pattern: '^(a+)+$' },
          default: [text],
        },
      },
    });
    expect(JSON.stringify(parameters)).not.toContain('pattern');
    expect(findings.map(({ what }) => what)).toEqual([
      'pattern omitted: it takes too long to match',
      'pattern omitted: it takes too long to match',
    ]);
  });

  it('omits an invalid pattern', () => {
    const { findings } = importObject({
      properties: { one: { type: 'string', pattern: '(' } },
    });
    expect(findings[0]).toMatchObject({ place: '/properties/one/pattern' });
  });
});
