import { replace, type Mistake } from './Mistake';

const archetype = 'archetypes/loans/archetype.yaml';
const title = '      title: Genre\n';

/** Schemas that would stop a form, the portal, or the judging of answers. */
export const schemaMistakes: Mistake[] = [
  {
    name: 'a schema that answers later',
    change: replace(
      archetype,
      'parameters:\n  type: object',
      'parameters:\n  $async: true\n  type: object',
    ),
    file: archetype,
    line: 7,
    what: /the keyword \$async is not known here/,
    remedy: /Correct them/,
  },
  {
    name: 'a number that is chosen from a column',
    change: replace(
      archetype,
      'x-bailiwick: { vocabulary: Count }',
      'x-bailiwick: { vocabulary: Count, options: { dataset: books, column: genre } }',
    ),
    file: archetype,
    line: 20,
    what: /A column offers texts, and this parameter is of the type integer/,
    remedy: /write the choices as enum/,
  },
  {
    name: 'a pack and an archetype whose template has too long a name',
    change: files => {
      const name = `l${'o'.repeat(60)}ans`;
      const text = JSON.stringify(files).replaceAll(
        'archetypes/loans/',
        `archetypes/${name}/`,
      );
      return replace(
        'pack.yaml',
        'archetypes: [loans]',
        `archetypes: [${name}]`,
      )(JSON.parse(text));
    },
    file: 'pack.yaml',
    line: 30,
    what: /Its template would have the name library-lo+ans, which the catalog/,
    remedy: /63 characters together/,
  },
  {
    name: 'a pattern of a form that looks around',
    change: replace(
      archetype,
      title,
      `${title}      pattern: '^(?=c)(c|o|d|e)+$'\n`,
    ),
    file: archetype,
    line: 15,
    what: /The time to check the pattern .* cannot be told beforehand/,
    remedy: /no look-around/,
  },
  {
    name: 'a costly pattern for names of properties',
    change: replace(
      archetype,
      '  ui:order: [genre, least]\n',
      "  ui:order: [genre, least]\n  patternProperties: { '^(a+)+$': { type: string } }\n",
    ),
    file: archetype,
    line: 11,
    what: /The time to check the pattern \^\(a\+\)\+\$ doubles/,
    remedy: /fits in one way only/,
  },
  {
    name: 'a costly word in a file that is wrong elsewhere, too',
    change: files =>
      replace(
        'pack.yaml',
        "pattern: '^97[89][0-9]{10}$'",
        "pattern: '^(9+)+$'",
      )(replace('pack.yaml', 'version: 1.0.0', 'version: one')(files)),
    file: 'pack.yaml',
    line: 13,
    what: /The time to check the pattern \^\(9\+\)\+\$ doubles/,
    remedy: /fits in one way only/,
  },
];
