import { formatPackProblem } from './Problem';

describe('formatPackProblem', () => {
  const problem = { file: 'pack.yaml', line: 3, remedy: 'Correct it' };

  it('are those of compilers', () => {
    expect(
      formatPackProblem({ ...problem, what: 'It is wrong:\n\tthis' }),
    ).toBe('pack.yaml:3: It is wrong:\n\tthis. Correct it');
  });

  it('are shortened', () => {
    const cell = 'x'.repeat(1_000_000);
    const words = formatPackProblem({ ...problem, what: `The ${cell}` });
    expect(words.length).toBeLessThan(2_100);
    expect(words).toMatch(
      /^pack\.yaml:3: The x+… \(998004 more characters\)\. Correct it$/,
    );
  });

  it('do not steer a terminal', () => {
    expect(
      formatPackProblem({ ...problem, what: 'No \u001b[2Jword\r\u009b' }),
    ).toBe('pack.yaml:3: No \\u001b[2Jword\\u000d\\u009b. Correct it');
  });
});
