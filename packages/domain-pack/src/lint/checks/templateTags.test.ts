import { openTag, plainExpressions } from './templateTags';

const words = (template: string) =>
  plainExpressions(template).map(tag => tag.words);

describe('plainExpressions', () => {
  it.each([
    ['{{ values.kind }}', ['values.kind']],
    [
      '{{values.kind|python}} {{- pack.name -}}',
      ['values.kind|python', 'pack.name'],
    ],
    ['{% if values.a == "}}" %}{{ values.kind }}{% endif %}', ['values.kind']],
    ['${{ "{{ values.kind }}" }}', []],
    ['{# {{ values.kind }} #}', []],
    ['{%- raw -%}{{ values.kind }}{% endraw %}', []],
    ['f"{{values}} {{ other.kind }}" {{ values.kind', []],
  ])('of %s', (template, expected) => {
    expect(words(template)).toEqual(expected);
  });

  it('needs linear time for long lines', () => {
    expect(words(`{{ values.x${' '.repeat(900_000)}`)).toEqual([]);
    expect(words('{{ values.x }}'.repeat(60_000))).toHaveLength(60_000);
    expect(words('{#'.repeat(400_000))).toEqual([]);
    expect(words('{% raw %}'.repeat(100_000))).toEqual([]);
  });
});

describe('openTag', () => {
  it.each([
    ['a\n${{ b\nc', 2, 2, false],
    ['a\n${{ b }\n${{ c }}', 3, 2, false],
    ['a\n${{ b\n{ c: 1 }}', 3, 2, true],
    ['a\n{% if b\n{% endif %}', 3, 2, false],
    ['a\n{# b', 2, 2, false],
  ])(
    'in %j, of line %i, opens in line %i',
    (template, line, opens, isClosed) => {
      const tag = openTag(template, line)!;
      expect(template.slice(0, tag.index).split('\n')).toHaveLength(opens);
      expect(tag.isClosed).toBe(isClosed);
    },
  );

  it('is none where the engine names the line of the tag itself', () => {
    expect(openTag('a\n${{ b | unknown }}\nc', 2)).toBeUndefined();
    expect(openTag('${{ b }}\n${{ c }}', 2)).toBeUndefined();
  });
});
