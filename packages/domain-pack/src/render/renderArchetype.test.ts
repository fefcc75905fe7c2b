import { renderArchetype, type RenderContext } from './renderArchetype';

const context: RenderContext = {
  values: { name: 'feed', symbols: ['AAPL', 'M"SFT'], description: '<b>' },
  vocabulary: [
    { name: 'Symbol', schema: { type: 'string' } },
    { name: 'Money', schema: { type: 'number' } },
  ],
  pack: { name: 'market', version: '1.0.0' },
};

function render(content: string, isTemplate = true): string {
  const file = { path: 'functions.py', content, render: isTemplate };
  return renderArchetype({ files: [file] }, context)[0].content;
}

describe('renderArchetype', () => {
  it('fills in values, vocabulary and pack', () => {
    expect(render('${{ values.name }} of ${{ pack.name }}')).toBe(
      'feed of market',
    );
    expect(
      render(
        '{% for type in vocabulary %}\n${{ type.name }}\n{% endfor %}\nend',
      ),
    ).toBe('Symbol\nMoney\nend');
  });

  it('writes values as JSON, which Python and JavaScript read alike', () => {
    expect(JSON.parse(render('${{ values.symbols | json }}'))).toEqual(
      context.values.symbols,
    );
  });

  it('writes values as Python does', () => {
    const values = {
      all: [true, false, null, 1.5, 'a "b"', { deep: [] }],
    };
    const file = {
      path: 'functions.py',
      content: '${{ values.all | python }}',
      render: true,
    };
    const [{ content }] = renderArchetype(
      { files: [file] },
      { ...context, values },
    );
    expect(content).toBe('[True, False, None, 1.5, "a \\"b\\"", {"deep": []}]');
  });

  it('leaves the signs of other languages alone', () => {
    expect(render('${{ values.description }} {{ x }} ${y}')).toBe(
      '<b> {{ x }} ${y}',
    );
  });

  it('copies files that are no templates', () => {
    const text = '${{ values.nothing }} {% if %}';
    expect(render(text, false)).toBe(text);
  });

  it('keeps the paths and the order of the files', () => {
    const files = ['b/c.py', 'a.md'].map(path => ({
      path,
      content: '',
      render: true,
    }));
    expect(renderArchetype({ files }, context).map(({ path }) => path)).toEqual(
      ['b/c.py', 'a.md', 'vocabulary.py'],
    );
  });

  it('adds the types of the pack, unless the archetype has its own', () => {
    const own = { path: 'vocabulary.py', content: '# mine', render: false };
    const [added] = renderArchetype({ files: [] }, context);
    expect(added.content).toContain('Symbol = Annotated[');
    expect(renderArchetype({ files: [own] }, context)).toEqual([
      { path: 'vocabulary.py', content: '# mine' },
    ]);
  });

  it.each([
    ['is not closed', '{% if values.name %}'],
    ['asks for a value that is not there', '${{ values.nothing }}'],
    ['uses an unknown filter', '${{ values.name | shout }}'],
  ])('names the file whose template %s', (_what, content) => {
    expect(() => render(content)).toThrow(
      /^Can't render the template of functions\.py: /,
    );
  });

  it('writes raw text, and values that some answers leave out', () => {
    expect(render('{% raw %}${{ x }}{% endraw %}')).toBe('${{ x }}');
    expect(
      render('{% if values.nothing %}${{ values.nothing }}{% endif %}end'),
    ).toBe('end');
  });

  it.each([
    "${{ values.constructor.constructor('return process')().pid }}",
    "${{ range.constructor('return process')().pid }}",
    "{% set f = cycler.constructor %}${{ f('return process.pid')() }}",
  ])('never runs code: %s', template => {
    expect(() => render(template)).toThrow(
      /Can't render the template of functions\.py: Template/,
    );
  });

  it('ends templates that never would', () => {
    const loop = '{% for i in range(1000000) %}';
    const end = '{% endfor %}';
    expect(() => render(`${loop}${loop}${loop}x${end}${end}${end}`)).toThrow(
      /Can't render the template of functions\.py: Template/,
    );
  });
});

describe('the types of words', () => {
  it('follow the formats of packs', () => {
    const word = (name: string, format: string, ...examples: string[]) => ({
      name,
      schema: { type: 'string', format },
      examples,
    });
    const vocabulary = [
      word('Money', 'money', '10.00 EUR'),
      word('Rate', 'decimal', '1.50'),
      word('Month', 'month', '2026-02'),
    ];
    const [{ content }] = renderArchetype(
      { files: [] },
      { ...context, vocabulary },
    );
    // The word Money hides the class of the same name, so that one keeps its module.
    expect(content).toContain('import decimal\n');
    expect(content).toContain(
      'import bailiwick\nfrom bailiwick import Vocabulary',
    );
    expect(content).toContain(`Money = Annotated[
    bailiwick.Money,
    Vocabulary(
        "Money",
        format="money",
        examples=("10.00 EUR",),
    ),
]`);
    expect(content).toMatch(/Rate = Annotated\[\n {4}decimal\.Decimal,/);
    expect(content).toMatch(
      /Month = Annotated\[\n {4}str,\n[^\]]*format="month"/,
    );
  });
});
