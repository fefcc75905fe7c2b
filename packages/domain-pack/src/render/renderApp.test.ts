import { renderApp, settingsProblems } from './renderApp';

const spec = { version: '1.0.0', vocabulary: [] };
const pack = { metadata: { name: 'market' }, spec } as never;
const archetype = {
  files: [{ path: 'functions.py', content: 'WEIGHT = ${{ values.weight }}\n' }],
  parameters: {
    type: 'object',
    properties: {
      method: {
        title: 'Method',
        enum: ['plain', 'weighted'],
        default: 'plain',
      },
      weight: {
        title: 'Weight',
        type: 'number',
        default: 1,
        'x-bailiwick': { when: { parameter: 'method', is: ['weighted'] } },
      },
    },
  },
} as never;
const place = {
  tenant: 'desk',
  name: 'feed',
  title: 'Feed',
  owner: 'group:default/rates',
};
const weightOf = (answers: Record<string, unknown>) =>
  renderApp(archetype, pack, { ...place, answers }).answers.weight;

describe('renderApp', () => {
  it('accepts a requested answer', () => {
    expect(weightOf({ method: 'weighted', weight: 7 })).toBe(7);
  });

  it('uses the default of a hidden parameter, despite an earlier answer', () => {
    expect(weightOf({ method: 'plain', weight: 7 })).toBe(1);
    expect(weightOf({ weight: 7 })).toBe(1);
  });
});

describe('choices that depend on another answer', () => {
  const where = { country: 'country' };
  const ports = { dataset: 'ports', column: 'port', where };
  const depending = {
    files: [],
    parameters: {
      type: 'object',
      properties: {
        country: { title: 'Country', enum: ['DE', 'NL'] },
        port: {
          title: 'Port',
          type: 'string',
          'x-bailiwick': { options: ports },
        },
      },
    },
  } as never;
  const datasets = [
    {
      name: 'ports',
      optionsBy: { port: { country: { DE: ['DEHAM'], NL: ['NLRTM'] } } },
    },
  ];
  const offering = {
    ...(pack as object),
    spec: { ...spec, datasets },
  } as never;
  const render = (answers: Record<string, unknown>) =>
    renderApp(depending, offering, { ...place, answers }).answers;

  it('are enforced for all callers', () => {
    const right = { country: 'NL', port: 'NLRTM' };
    expect(render(right)).toEqual(right);
    expect(() => render({ country: 'NL', port: 'DEHAM' })).toThrow(
      "Port can't be DEHAM with this answer to Country: choose NLRTM",
    );
  });

  it('are not checked while they are hidden', () => {
    const isSea = { title: 'By sea', type: 'boolean', default: false };
    const { properties } = (depending as any).parameters;
    const port = {
      ...properties.port,
      default: 'DEHAM',
      'x-bailiwick': {
        ...properties.port['x-bailiwick'],
        when: { parameter: 'isSea', is: [true] },
      },
    };
    const hiding = {
      files: [],
      parameters: {
        type: 'object',
        properties: { ...properties, isSea, port },
      },
    } as never;
    const create = (answers: Record<string, unknown>) =>
      renderApp(hiding, offering, { ...place, answers }).answers;
    expect(create({ isSea: false, country: 'NL' })).toEqual({
      isSea: false,
      country: 'NL',
      port: 'DEHAM',
    });
    expect(() => create({ isSea: true, country: 'NL', port: 'DEHAM' })).toThrow(
      "Port can't be DEHAM",
    );
  });
});

describe('settingsProblems', () => {
  it.each(['colour', 'constructor'])('refuses the setting %s', name => {
    const settings = { properties: { limit: { type: 'integer' } } };
    expect(settingsProblems({ settings }, { [name]: 1 })).toEqual([
      `settings: The setting "${name}" does not exist; available: limit`,
    ]);
  });
});
