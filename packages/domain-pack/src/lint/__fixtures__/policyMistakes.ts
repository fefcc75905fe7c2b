import { replace, type Mistake } from './Mistake';

const policy = (rule: string) =>
  replace(
    'pack.yaml',
    '  archetypes: [loans]',
    `  policies:
    - message: Few at once
      rule: ${rule}
  archetypes: [loans]`,
  );

/** What can be wrong in policies, delivery and journey. */
export const policyMistakes: Mistake[] = [
  {
    name: 'a policy that is no CEL',
    change: policy("'size(app.title <='"),
    file: 'pack.yaml',
    line: 32,
    what: /"Few at once" cannot be evaluated for loans/,
    remedy: /Write a CEL condition over app/,
  },
  {
    name: 'a policy about something unknown',
    change: policy('tenant.size > 3'),
    file: 'pack.yaml',
    line: 32,
    what: /cannot be evaluated for loans: unresolved/,
    remedy: /condition over app/,
  },
  {
    name: 'a policy about an answer that no form asks for',
    change: policy('app.answers.colour == "red"'),
    file: 'pack.yaml',
    line: 32,
    what: /cannot be evaluated for loans: .*colour/,
    remedy: /has\(app\.answers/,
  },
  {
    name: 'a policy about a description, which nobody has to write',
    change: policy('app.description != "none"'),
    file: 'pack.yaml',
    line: 32,
    what: /cannot be evaluated for loans: .*description/,
    remedy: /has\(app\.answers/,
  },
  {
    name: 'a policy that is no condition',
    change: policy('size(app.title)'),
    file: 'pack.yaml',
    line: 32,
    what: /gives no truth value/,
    remedy: /condition over app/,
  },
  {
    name: 'a policy that refuses what the form proposes',
    change: policy('app.answers.least > 1'),
    file: 'pack.yaml',
    line: 32,
    what: /"Few at once" refuses what the form of loans proposes/,
    remedy: /Correct the rule, or the defaults/,
  },
  {
    name: 'a journey to an archetype that is not there',
    change: replace(
      'pack.yaml',
      '  archetypes: [loans]',
      `  journey: { firstApp: returns }
  archetypes: [loans]`,
    ),
    file: 'pack.yaml',
    line: 30,
    what: /begins with "returns", which is no archetype/,
    remedy: /Name one of: loans/,
  },
  {
    name: 'a way of delivery that there is not',
    change: replace(
      'pack.yaml',
      '  archetypes: [loans]',
      `  delivery: { fax: true }
  archetypes: [loans]`,
    ),
    file: 'pack.yaml',
    line: 30,
    what: /spec\.delivery\.fax is not a field/,
    remedy: /rest, csv/,
  },
];
