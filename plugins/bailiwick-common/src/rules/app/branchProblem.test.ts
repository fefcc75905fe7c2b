import { branchConflict, branchProblem } from './branchProblem';

describe('branchProblem', () => {
  it.each(['main', 'fix/rates', 'v1.2_x-y', 'a/b/c', '1'])(
    'accepts %j',
    name => {
      expect(branchProblem(name)).toBeUndefined();
    },
  );

  it.each([
    ...['-x', '/a', 'a/', 'a//b', 'a..b', '.a', 'a.', 'a.lock', 'a/b.lock/c'],
    ...['a b', 'ä', 'a~1', 'a:b', 'HEAD', 'head/x', 'refs/heads/x', 'a\nb'],
  ])('refuses %j', name => {
    expect(branchProblem(name)).toMatch(/is not a valid branch name; use/);
  });

  it('says what is missing, or too long', () => {
    expect(branchProblem('')).toBe('Enter the name of the branch');
    expect(branchProblem('a'.repeat(101))).toMatch(/at most 100 characters/);
  });
});

describe('branchConflict', () => {
  const branches = ['main', 'fix/rates'];

  it.each([
    ['main', 'Branch "main" already exists'],
    ['fix', 'Branch "fix" cannot exist beside branch "fix/rates"'],
    ['main/try', 'Branch "main/try" cannot exist beside branch "main"'],
  ])('refuses %j', (name, problem) => {
    expect(branchConflict(name, branches)).toContain(problem);
  });

  it.each(['fix/yields', 'fix/rates-2', 'mainly'])('accepts %j', name => {
    expect(branchConflict(name, branches)).toBeUndefined();
  });
});
