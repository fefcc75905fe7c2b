import { add, replace, type Mistake } from './Mistake';

/** What can be wrong with the other files. */
export const fileMistakes: Mistake[] = [
  {
    name: 'a setting that nobody can set',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      'from bailiwick import Key, Table',
      'from bailiwick import Key, Table, setting\n\nLIMIT = setting("limt", 5)',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    line: 9,
    what: /The archetype has no setting "limt"/,
    remedy: /Describe it under settings\.properties/,
  },
  {
    name: 'an answer that becomes code',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      '"""Loans of books."""',
      '"""Loans of books, ${{ values.genre }}."""',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    line: 1,
    what: /What somebody answers to genre would become code as it is/,
    remedy: /\$\{\{ values\.genre \| python \}\}/,
  },
  {
    name: 'an answer that becomes code behind a variable',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      '"""Loans of books."""',
      '"""Loans of books."""\n{% set kind = values.genre %}\nKIND = "${{ kind }}"',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    what: /What somebody answers to genre would become code as it is, on a roundabout way/,
    remedy: /End each .* with \| python/,
  },
  {
    name: 'a field of a list that becomes code',
    change: files => ({
      ...files,
      'archetypes/loans/archetype.yaml': files[
        'archetypes/loans/archetype.yaml'
      ].replace(
        '    least:\n',
        '    shelves:\n      type: array\n      title: Shelves\n      default: []\n      items: { type: object, properties: { name: { type: string, title: Name } } }\n    least:\n',
      ),
      'archetypes/loans/template/functions.py.njk': files[
        'archetypes/loans/template/functions.py.njk'
      ].replace(
        '"""Loans of books."""',
        '"""Loans of books."""\n{% for one in values.shelves %}# ${{ one.name }}\n{% endfor %}',
      ),
    }),
    file: 'archetypes/loans/template/functions.py.njk',
    what: /What somebody answers to shelves would become code as it is, on a/,
    remedy: /also in loops/,
  },
  {
    name: 'a title that becomes code in a loop',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      '"""Loans of books."""',
      '"""Loans of books."""\nNAME = "{% for one in [values.title] %}${{ one }}{% endfor %}"',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    what: /What somebody answers to title would become code as it is, on a/,
    remedy: /also in loops/,
  },
  {
    name: 'a value that there is not',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      'values.least',
      'values.lest',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    line: 27,
    what: /There is no value for values\.lest/,
    remedy: /Correct the template/,
  },
  {
    name: 'an archetype that is not listed',
    change: add('archetypes/fines/archetype.yaml', 'title: Fines\n'),
    file: 'archetypes/fines/archetype.yaml',
    what: /does not list the archetype "fines"/,
    remedy: /Add it to spec\.archetypes/,
  },
  {
    name: 'shared code that is not there',
    change: replace(
      'archetypes/loans/archetype.yaml',
      'shape: function',
      'shape: function\nshared: [tables.py]',
    ),
    file: 'archetypes/loans/archetype.yaml',
    line: 4,
    what: /The folder shared has no "tables\.py"/,
    remedy: /There is none yet/,
  },
  {
    name: 'shared code that nobody takes',
    change: add('shared/tables.py', '# Tables.\n'),
    file: 'shared/tables.py',
    what: /No archetype takes it/,
    remedy: /shared: \[tables\.py\]/,
  },
  {
    name: 'shared code that an app has itself',
    change: files =>
      add(
        'shared/functions.py',
        '# Functions.\n',
      )(
        replace(
          'archetypes/loans/archetype.yaml',
          'shape: function',
          'shape: function\nshared: [functions.py]',
        )(files),
      ),
    file: 'archetypes/loans/archetype.yaml',
    line: 4,
    what: /would have functions\.py twice/,
    remedy: /Rename one/,
  },
  {
    name: 'rows with too many fields',
    change: replace(
      'data/books.csv',
      '9780306406157,prose,5',
      '9780306406157,prose,5,9',
    ),
    file: 'data/books.csv',
    line: 4,
    what: /It is no CSV/,
    remedy: /Give all rows/,
  },
  {
    name: 'two columns of one name',
    change: replace('data/books.csv', 'isbn,genre,loans', 'isbn,genre,isbn'),
    file: 'data/books.csv',
    line: 1,
    what: /two columns "isbn"/,
    remedy: /Rename one/,
  },
  {
    name: 'a table without rows',
    change: replace('data/books.csv', /\n[^]*/, '\n'),
    file: 'data/books.csv',
    line: 1,
    what: /It has no rows/,
    remedy: /some rows/,
  },
  {
    name: 'data that nothing names',
    change: add('data/left.csv', 'a\n1\n'),
    file: 'data/left.csv',
    what: /No data set names it/,
    remedy: /with its licence/,
  },
  {
    name: 'a secret',
    change: add('data/README.md', 'x\n-----BEGIN RSA PRIVATE KEY-----\n'),
    file: 'data/README.md',
    line: 2,
    what: /It holds a secret/,
    remedy: /replace it where it is used/,
  },
  {
    name: 'a file with and without .njk',
    change: add('archetypes/loans/template/README.md', '# Loans\n'),
    file: 'archetypes/loans/template/README.md',
    what: /there twice/,
    remedy: /Delete one/,
  },
  {
    name: 'a file of the template in the place of data',
    change: add('archetypes/loans/template/data/books.csv', 'isbn\n'),
    file: 'archetypes/loans/template/data/books.csv',
    what: /A data set of the archetype has this path/,
    remedy: /apps get the data set/,
  },
  {
    name: 'a template that asks for an answer that nobody gives',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      'values.least',
      'values.most',
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    line: 27,
    what: /It cannot be rendered/,
    remedy: /Correct the template/,
  },
  {
    name: 'a template that is not closed',
    change: replace(
      'archetypes/loans/template/functions.py.njk',
      'def total',
      `{% if values.genre %}
def total`,
    ),
    file: 'archetypes/loans/template/functions.py.njk',
    line: 31,
    what: /It cannot be rendered/,
    remedy: /Correct the template/,
  },
  {
    name: 'a file that belongs to nothing',
    change: add('archetypes/loans/notes.py', ''),
    file: 'archetypes/loans/notes.py',
    what: /It belongs to nothing/,
    remedy: /folder template/,
  },
];
