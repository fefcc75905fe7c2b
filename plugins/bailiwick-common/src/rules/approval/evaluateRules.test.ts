import { evaluateRules } from './evaluateRules';

const facts = {
  request: {
    action: 'create',
    tenantsOfOwner: 1,
    from: { order: 10 },
    to: { order: 20 },
  },
  evidence: { usedRatio: 0.86, whole: 1 },
};
const rule = (when: string, verdict: 'approve' | 'deny' = 'approve') => ({
  when,
  verdict,
  reason: 'Because.',
});

describe('evaluateRules', () => {
  it.each([
    "request.action == 'create' && request.tenantsOfOwner < 2",
    'request.to.order == request.from.order + 10',
    'evidence.usedRatio > 0.8',
    'evidence.whole > 0.8',
    "request.action == 'create' || evidence.unknown > 1",
  ])('matches %s', when => {
    expect(evaluateRules([rule(when)], facts).decision?.position).toBe(0);
  });

  it('uses the first matching rule', () => {
    const rules = [rule('false'), rule('true', 'deny'), rule('true')];
    expect(evaluateRules(rules, facts).decision).toMatchObject({
      position: 1,
      rule: { verdict: 'deny' },
    });
  });

  it('leaves it to people when no rule matches', () => {
    expect(evaluateRules([rule('false')], facts)).toEqual({ problems: [] });
  });

  it.each([
    'evidence.unknown > 0.8',
    'request.action',
    'request.',
    '1 / 0 == 1',
    'this is not CEL',
  ])('never decides by %s, and reports it', when => {
    const { decision, problems } = evaluateRules([rule(when)], facts);
    expect(decision).toBeUndefined();
    expect(problems[0]).toMatch(/^Rule 1 can't be evaluated: \S/);
  });

  it('approves nothing after a rule that could not be evaluated, but may still deny', () => {
    const broken = rule('evidence.unknown');
    expect(
      evaluateRules([broken, rule('true')], facts).decision,
    ).toBeUndefined();
    expect(
      evaluateRules([broken, rule('true', 'deny')], facts).decision?.position,
    ).toBe(1);
  });
});
