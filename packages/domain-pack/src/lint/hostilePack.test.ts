import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { compilePack } from './compilePack';
import { PackError } from '../problem/Problem';
import { renderArchetype } from '../render';
import { lintPack } from './lintSource';

const archetypeFile = 'archetypes/loans/archetype.yaml';

describe('a hostile pack', () => {
  let folder: string;
  beforeEach(() => {
    folder = writePack(goodPack);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, content: string | Buffer) =>
    writeFileSync(join(folder, path), content);
  const replace = (file: string, from: string, to: string) =>
    write(
      file,
      goodPack[file].replace(from, () => to),
    );

  const tricks: [string, () => void, file: string, words: RegExp][] = [
    [
      'a link out of the pack',
      () => symlinkSync('/etc/passwd', join(folder, 'data/passwd.csv')),
      'data/passwd.csv',
      /symbolic link/,
    ],
    [
      'a link to a folder around it',
      () => symlinkSync('..', join(folder, 'data/ring')),
      'data/ring',
      /symbolic link/,
    ],
    [
      'a link to nothing',
      () => symlinkSync('/nowhere', join(folder, 'data/gone.csv')),
      'data/gone.csv',
      /symbolic link/,
    ],
    [
      'a pipe that nobody writes to',
      () => execFileSync('mkfifo', [join(folder, 'data/pipe.csv')]),
      'data/pipe.csv',
      /not a regular file/i,
    ],
    [
      'a file that is too large',
      () => write('data/huge.csv', Buffer.alloc(2_000_000, 'a')),
      'data/huge.csv',
      /The file has 2000000 bytes and the whole pack 2002748; the limit is 1000000/,
    ],
    [
      'too many files',
      () => {
        for (let i = 0; i < 600; i += 1) write(`data/file-${i}.txt`, 'x');
      },
      'pack.yaml',
      /more than 500 files/,
    ],
    [
      'too many folders in each other',
      () =>
        mkdirSync(join(folder, 'a/b/c/d/e/f/g/h/i/j/k/l'), { recursive: true }),
      'a/b/c/d/e/f/g/h/i/j',
      /more than 10 folders deep/,
    ],
    [
      'a name with a line break',
      () => write('data/a\nb.csv', 'a\n1\n'),
      'data/a\nb.csv',
      /The file name is not portable/,
    ],
    [
      'a name that climbs out elsewhere',
      () => write('data/x\\..\\evil.csv', 'a\n1\n'),
      'data/x\\..\\evil.csv',
      /The file name is not portable/,
    ],
    [
      'a file that is no text',
      () => write('data/books.csv', Buffer.from([0xff, 0xfe, 0x00])),
      'data/books.csv',
      /not UTF-8 text/i,
    ],
    [
      'a text with a NUL',
      () => write('data/books.csv', 'isbn\n1\0\n'),
      'data/books.csv',
      /not UTF-8 text/i,
    ],
    [
      'a title with letters that do not show',
      () => replace('pack.yaml', 'title: Library', 'title: "Library\\u202e"'),
      'pack.yaml',
      /must have visible characters and no invisible ones/,
    ],
    [
      'aliases that grow without end',
      () =>
        write(
          'pack.yaml',
          `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n`,
        ),
      'pack.yaml',
      /alias/,
    ],
    [
      'brackets without end',
      () => write('pack.yaml', '['.repeat(100_000)),
      'pack.yaml',
      /Nested too deeply/,
    ],
    [
      'a file of endless YAML',
      () => write('pack.yaml', `a: ${'x'.repeat(500_000)}`),
      'pack.yaml',
      /Longer than 400000 characters/,
    ],
    [
      'a tag',
      () => replace('pack.yaml', 'title: Library', 'title: !!js/function x'),
      'pack.yaml',
      /tag/i,
    ],
    [
      'a second document',
      () => write('pack.yaml', `${goodPack['pack.yaml']}---\na: 1\n`),
      'pack.yaml',
      /multiple documents/,
    ],
    [
      'a key that reaches what all objects share',
      () =>
        replace(
          'pack.yaml',
          '  title:',
          '  __proto__: { admin: yes }\n  title:',
        ),
      'pack.yaml',
      /"__proto__" is not allowed/,
    ],
    [
      'such a key in the parameters',
      () =>
        replace(
          archetypeFile,
          'default: code',
          'default: code\n      constructor: { prototype: { admin: true } }',
        ),
      archetypeFile,
      /"constructor" is not allowed/,
    ],
    [
      'a key that is no word',
      () => replace('pack.yaml', '  title:', '  ? [a, b]\n  : c\n  title:'),
      'pack.yaml',
      /A key must be a plain string/,
    ],
    [
      'a data set elsewhere',
      () => replace('pack.yaml', 'data/books.csv', '../../etc/passwd'),
      'pack.yaml',
      /must be a file in the folder data/,
    ],
    [
      'an archetype elsewhere',
      () => replace('pack.yaml', '[loans]', '[../../../etc]'),
      'pack.yaml',
      /must consist of lowercase/,
    ],
    [
      'a template that runs code',
      () =>
        replace(
          'archetypes/loans/template/README.md.njk',
          '${{ values.title }}',
          "${{ values.constructor.constructor('return process')().pid }}",
        ),
      'archetypes/loans/template/README.md.njk',
      /Can't render the template: Template/,
    ],
    [
      'a template that never ends',
      () =>
        replace(
          'archetypes/loans/template/README.md.njk',
          '${{ values.title }}',
          `${'{% for i in range(100000) %}'.repeat(4)}x${'{% endfor %}'.repeat(
            4,
          )}`,
        ),
      'archetypes/loans/template/README.md.njk',
      /Can't render the template: Template/,
    ],
  ];

  it.each([
    [Buffer.from('isbn,genre\n1,caf\xe9\n', 'latin1'), 2],
    [Buffer.from([0xff, 0xfe, 0x69, 0x00]), 1],
    [Buffer.from('isbn\n1\n2\n3\0\n'), 4],
  ])('names the line that is no text in UTF-8 (%#)', (content, line) => {
    write('data/books.csv', content);
    expect(lintPack(folder)).toContainEqual(
      expect.objectContaining({ file: 'data/books.csv', line }),
    );
  });

  it('reports nothing about shared files while an archetype cannot be read', () => {
    mkdirSync(join(folder, 'shared'));
    write('shared/tables.py', 'ROWS = 3\n');
    replace(archetypeFile, 'runtime: py', '  runtime: py');
    expect(lintPack(folder).map(({ file }) => file)).toEqual([archetypeFile]);
  });

  it.each(tricks)('is refused: %s', (_name, play, file, words) => {
    play();
    const problems = lintPack(folder);
    const found = problems.find(({ what }) => words.test(what));
    expect(problems.map(({ what }) => what).join('\n')).toMatch(words);
    expect(found).toMatchObject({ file, remedy: expect.stringMatching(/./) });
    expect(() => compilePack(folder)).toThrow(PackError);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  const options = '{ dataset: books, column: isbn, where: { genre: genre } }';
  const book = `book: { type: string, title: Book, x-bailiwick: { options: ${options} } }`;

  it.each([
    ['at the form itself', `  x-bailiwick: { options: ${options} }`, 11],
    ['within allOf', `  allOf: [{ x-bailiwick: { options: ${options} } }]`, 11],
    [
      'in a parameter within allOf',
      `  allOf: [{ properties: { ${book} } }]`,
      11,
    ],
    ['in a default', `  default: { x-bailiwick: { options: ${options} } }`, 11],
  ])('is refused: where %s', (_name, part, line) => {
    replace(archetypeFile, '  properties:\n', `${part}\n  properties:\n`);
    expect(lintPack(folder)).toContainEqual(
      expect.objectContaining({
        file: archetypeFile,
        line,
        what: 'Only the choices of a parameter or of list items can depend on another answer',
      }),
    );
  });

  it.each([
    [
      'a parameter without a schema',
      'bad: null',
      'The parameter bad has no schema',
    ],
    [
      'an enum that is no list',
      'bad: { title: Bad, type: string, enum: code }',
      /answers cannot be listed/,
    ],
    [
      'choices of a column that is none',
      'bad: { title: Bad, type: string, x-bailiwick: { options: { dataset: books, column: constructor } } }',
      /no column "constructor"/,
    ],
  ])('is refused: choices that depend on %s', (_name, bad, words) => {
    replace(
      archetypeFile,
      '    least:',
      `    ${bad}\n    ${book.replace(
        'genre: genre',
        'genre: bad',
      )}\n    least:`,
    );
    expect(lintPack(folder)).toContainEqual(
      expect.objectContaining({
        file: archetypeFile,
        what: expect.stringMatching(words),
      }),
    );
  });

  it.each([
    '${{ values.owner }}',
    '{% raw %}',
    '"""\nimport os\n"""',
    '\\"); import os  #',
    '<script>alert(1)</script>',
  ])('is data in every text: %s', text => {
    replace(
      'pack.yaml',
      'description: Number of a book.',
      `description: ${JSON.stringify(text)}`,
    );
    replace(
      archetypeFile,
      'description: How often books are lent.',
      `description: ${JSON.stringify(text)}`,
    );
    const { metadata, spec } = compilePack(folder);
    const [archetype] = spec.archetypes;
    expect(archetype.description).toBe(text);
    const files = renderArchetype(archetype, {
      values: {
        title: text,
        owner: 'group:default/secret',
        genre: text,
        least: 0,
      },
      vocabulary: spec.vocabulary,
      pack: { name: metadata.name, version: spec.version },
    });
    const of = (path: string) =>
      files.find(file => file.path === path)!.content;
    expect(of('README.md')).toBe(`# ${text}\n`);
    expect(of('functions.py')).toContain(JSON.stringify(text));
    expect(of('vocabulary.py')).toContain(JSON.stringify(text));
    // Python reads exactly the written text, and none of it as code.
    const read = execFileSync(
      'python3',
      [
        '-c',
        'import ast,sys\nfor file in (sys.argv[1], sys.argv[2]):\n    tree = ast.parse(file)\n    print(sum(isinstance(n, (ast.Import, ast.ImportFrom)) for n in ast.walk(tree)))',
        of('functions.py'),
        of('vocabulary.py'),
      ],
      { encoding: 'utf8' },
    );
    expect(read.split('\n').slice(0, 2)).toEqual(['5', '2']);
  });
});
