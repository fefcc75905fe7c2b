import { goodPack } from '../__fixtures__/goodPack';
import { lintFiles } from '../lint';
import { compileSource } from './compileSource';
import { withFieldOrder } from './withFieldOrder';

const schemaOf = (order: string[] | undefined, ...names: string[]) => ({
  type: 'object',
  ...(order && { 'ui:order': order }),
  properties: Object.fromEntries(names.map(name => [name, { type: 'string' }])),
});

describe('withFieldOrder', () => {
  it.each([
    ['as they are written', undefined, ['start', 'end', 'desk']],
    ['as the order says', ['end', 'desk', 'start'], ['end', 'desk', 'start']],
    [
      'those that the order leaves out last',
      ['desk'],
      ['desk', 'start', 'end'],
    ],
    ['where the order puts the others', ['*', 'start'], ['*', 'start']],
  ])('puts fields %s', (_, order, expected) => {
    const schema = withFieldOrder(schemaOf(order, 'start', 'end', 'desk'));
    expect(schema['ui:order']).toEqual(expected);
  });

  it('orders the fields of objects and of the items of lists', () => {
    const inner = schemaOf(undefined, 'street', 'city');
    const { properties } = withFieldOrder({
      type: 'object',
      properties: { sender: inner, stops: { type: 'array', items: inner } },
    });
    expect(properties.sender['ui:order']).toEqual(['street', 'city']);
    expect(properties.stops.items['ui:order']).toEqual(['street', 'city']);
  });

  it('is in the compiled pack, for parameters and settings', () => {
    const path = 'archetypes/loans/archetype.yaml';
    const text = goodPack[path]
      .replace('  ui:order: [genre, least]\n', '')
      .replace(
        'contract:',
        `settings:
  type: object
  properties:
    zone: { type: string, title: Zone, default: north }
    limit: { type: number, title: Limit, default: 3 }
contract:`,
      );
    const { pack, problems } = lintFiles(
      new Map(Object.entries({ ...goodPack, [path]: text })),
    );
    expect(problems).toEqual([]);
    const [{ parameters, settings }] = compileSource(pack!).spec.archetypes;
    expect(parameters['ui:order']).toEqual(['genre', 'least']);
    expect(settings!['ui:order']).toEqual(['zone', 'limit']);
  });
});
