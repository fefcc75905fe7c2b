import { replace, type Mistake } from './Mistake';

const count = '      schema: { type: integer, minimum: 0 }';

/** What can be wrong in words whose schema is one that functions could not keep. */
export const vocabularyMistakes: Mistake[] = [
  {
    name: 'a word with a keyword that functions do not keep',
    change: replace(
      'pack.yaml',
      count,
      '      schema: { type: integer, multipleOf: 2 }',
    ),
    file: 'pack.yaml',
    line: 16,
    what: /Count says multipleOf, which functions do not keep/,
    remedy: /may say type, minimum, maximum/,
  },
  {
    name: 'a word with a format that functions do not keep',
    change: replace(
      'pack.yaml',
      '      schema: { type: string }',
      '      schema: { type: string, format: email }',
    ),
    file: 'pack.yaml',
    line: 19,
    what: /Genre has the format "email"/,
    remedy: /date or date-time/,
  },
  {
    name: 'a type of OData that does not hold the values',
    change: replace('pack.yaml', count, `      edm: Edm.Date\n${count}`),
    file: 'pack.yaml',
    line: 16,
    what: /Count is Edm.Date in OData, and its schema says integer/,
    remedy: /Edm.Int64, Edm.Int32/,
  },
  {
    name: 'a type that OData does not have',
    change: replace('pack.yaml', count, `      edm: Decimal\n${count}`),
    file: 'pack.yaml',
    line: 16,
    what: /edm must be .* such as Edm.Double or Edm.Decimal\(19,4\)/,
    remedy: /as the format says/,
  },
  {
    name: 'a pattern that looks ahead',
    change: replace(
      'pack.yaml',
      "pattern: '^97[89][0-9]{10}$'",
      "pattern: '^(?!978)[0-9]{13}$'",
    ),
    file: 'pack.yaml',
    line: 13,
    what: /Isbn has a pattern that looks around or back/,
    remedy: /Write the pattern without/,
  },
  {
    name: 'a pattern that takes for ever, with an example that shows it',
    change: replace(
      'pack.yaml',
      /pattern: '\^97.*\n.*/,
      `pattern: '^(([a-zA-Z0-9-])+)+$' }\n      examples: ['${'-'.repeat(
        60,
      )}!']`,
    ),
    file: 'pack.yaml',
    line: 13,
    what: /The time to check the pattern .* doubles with each letter/,
    remedy: /each letter fits in one way only/,
  },
  {
    name: 'a parameter whose pattern takes for ever',
    change: replace(
      'archetypes/loans/archetype.yaml',
      '      title: Fewest loans\n',
      "      title: Fewest loans\n      pattern: '^(\\w+\\s?)*$'\n",
    ),
    file: 'archetypes/loans/archetype.yaml',
    line: 19,
    what: /The time to check the pattern \^\(\\w\+\\s\?\)\*\$ doubles/,
    remedy: /no repetition of a repetition/,
  },
];
