import { replace, type Mistake } from './Mistake';

const file = 'archetypes/loans/archetype.yaml';

const shown = (when: string, rest = '') =>
  replace(
    file,
    'x-bailiwick: { vocabulary: Count }',
    `x-bailiwick: { vocabulary: Count, when: ${when} }${rest}`,
  );

/** What can be wrong with a parameter that shows with certain answers only. */
export const conditionMistakes: Mistake[] = [
  {
    name: 'a column to choose from that there is not',
    change: replace(
      'archetypes/loans/archetype.yaml',
      'column: genre',
      'column: gender',
    ),
    file: 'archetypes/loans/archetype.yaml',
    line: 16,
    what: /The data set books has no column "gender"/,
    remedy: /Name one of: genre/,
  },
  {
    name: 'a default that is no choice',
    change: replace(
      'archetypes/loans/archetype.yaml',
      'default: code',
      'default: poetry',
    ),
    file: 'archetypes/loans/archetype.yaml',
    line: 15,
    what: /The default of genre is not among its choices: poetry/,
    remedy: /Name one of: code, prose/,
  },
  {
    name: 'a parameter that asks for a secret',
    change: replace(
      'archetypes/loans/archetype.yaml',
      'title: Genre',
      'title: Genre\n      format: password',
    ),
    file: 'archetypes/loans/archetype.yaml',
    line: 12,
    what: /The parameter genre asks for a secret/,
    remedy: /a connection/,
  },
  {
    name: 'a condition that says nothing',
    change: shown('{ parameter: genre }'),
    file,
    line: 20,
    what: /not clear when least shows/,
    remedy: /parameter: method/,
  },
  {
    name: 'a condition on no parameter',
    change: shown('{ parameter: shelf, is: [a] }'),
    file,
    line: 20,
    what: /"shelf", which is no other parameter/,
    remedy: /genre/,
  },
  {
    name: 'a condition that nobody can fulfil',
    change: shown('{ parameter: genre, is: [music] }'),
    file,
    line: 20,
    what: /Nobody can answer music to genre/,
    remedy: /code, prose/,
  },
  {
    name: 'a condition on a parameter without a choice',
    change: shown(
      '{ parameter: shelf, is: [a] }',
      '\n    shelf: { type: string, title: Shelf, default: a }',
    ),
    file,
    line: 20,
    what: /Nobody can answer a to shelf/,
    remedy: /type boolean, or one with an enum/,
  },
  {
    name: 'a condition on a parameter that is hidden itself',
    change: shown(
      '{ parameter: old, is: [true] }',
      '\n    old: { type: boolean, title: Old, default: true, x-bailiwick: { when: { parameter: genre, is: [code] } } }',
    ),
    file,
    line: 20,
    what: /hidden itself at times/,
    remedy: /always shows/,
  },
  {
    name: 'a hidden parameter without a default',
    change: shown(
      '{ parameter: genre, is: [code] }',
      '\n    shelf: { type: string, title: Shelf, x-bailiwick: { when: { parameter: genre, is: [code] } } }',
    ),
    file,
    line: 21,
    what: /shelf has no default/,
    remedy: /while the parameter is hidden/,
  },
];
