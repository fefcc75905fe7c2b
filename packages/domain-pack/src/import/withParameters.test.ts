import { rmSync } from 'node:fs';
import { parse } from 'yaml';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { lintPack } from '../lint';
import { PackError } from '../problem/Problem';
import { importSchema } from './importSchema';
import { withParameters } from './withParameters';

const file = 'archetypes/loans/archetype.yaml';
const schema = JSON.stringify({
  required: ['genre'],
  properties: {
    genre: { type: 'string', title: 'Kind of book', default: 'code' },
    least: { type: 'integer', default: 1, minimum: 0 },
    'first-year': { type: 'integer', description: 'a: b # c', default: 1990 },
  },
});
const { parameters } = importSchema('schema.json', schema);

describe('withParameters', () => {
  it('creates an archetype without lint problems', () => {
    const { gone, text } = withParameters(file, goodPack[file], parameters);
    expect(gone).toEqual([]);
    const folder = writePack({ ...goodPack, [file]: text });
    expect(lintPack(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('leaves the rest as it was typed', () => {
    const { text } = withParameters(file, goodPack[file], parameters);
    const [head, tail] = goodPack[file].split(/parameters:[^]*(?=contract:)/);
    expect(text.startsWith(head)).toBe(true);
    expect(text.endsWith(tail)).toBe(true);
  });

  it('keeps comments, and the author’s hints for existing parameters', () => {
    const before = `# top
parameters: # the form
  # fields
  properties:
    # which books
    genre:
      type: string
      x-bailiwick: { vocabulary: Genre }
    old: { type: string }
  # end
# then
contract: {} # kept
`;
    const { gone, text } = withParameters(file, before, parameters);
    expect(gone).toEqual(['old']);
    for (const comment of ['top', 'the form', 'fields', 'which books', 'kept'])
      expect(text.split(`# ${comment}\n`)).toHaveLength(2);
    expect(text).toMatch(/\n# then\ncontract: \{\} # kept\n$/);
    const { genre } = parse(text).parameters.properties;
    expect(genre).toEqual({
      ...(parameters.properties as Record<string, object>).genre,
      'x-bailiwick': { vocabulary: 'Genre' },
    });
  });

  it('takes choices from the schema instead of the dataset, if it has any', () => {
    const before = `parameters:
  properties:
    genre: { type: string, x-bailiwick: { vocabulary: Genre, options: { dataset: books, column: genre } } }
    least: { type: string, x-bailiwick: { options: { dataset: books, column: genre } } }
`;
    const choice = { type: 'string', enum: ['a', 'b'] };
    const properties = { genre: choice, least: choice };
    const { text } = withParameters(file, before, { properties });
    expect(parse(text).parameters.properties).toEqual({
      genre: { ...choice, 'x-bailiwick': { vocabulary: 'Genre' } },
      least: choice,
    });
  });

  it.each([
    ['title: A', { title: 'A' }],
    ['parameters: {}\ntitle: A # kept', { title: 'A' }],
    ['parameters:\ntitle: A', { title: 'A' }],
    ['parameters: { required: [x], ui:order: [x] }', {}],
    ['{ parameters: { properties: { a: { type: string } } }, b: 1 }', { b: 1 }],
  ])('fills in %j', (before, rest) => {
    const { text } = withParameters(file, before, parameters);
    expect(parse(text)).toEqual({ ...rest, parameters });
  });

  it('is the same when it is done again', () => {
    const { text } = withParameters(file, goodPack[file], parameters);
    expect(withParameters(file, text, parameters)).toEqual({ text, gone: [] });
  });

  it.each([
    ['a: *b', /alias/i],
    [
      '- a',
      /Not an archetype\. Create a pack with: bailiwick pack init <folder>/,
    ],
    ['a: [', /./],
    ['', /Not an archetype\. Create a pack with: bailiwick pack init <folder>/],
  ])('refuses %j', (before, words) => {
    const change = () => withParameters(file, before, parameters);
    expect(change).toThrow(PackError);
    expect(change).toThrow(words);
  });
});
