/**
 * Runs the test cases of OASIS for the grammar of OData addresses against the parser of the gateway
 * (https://github.com/oasis-tcs/odata-abnf): `npm run odata-abnf -- <file or address of odata-abnf-testcases.yaml>`.
 * The last line is JSON. The cases are not part of this repository, because their license is not an open-source license.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { NotImplementedError } from '../src/odata/errors';
import type { Expression } from '../src/odata/expression';
import { parseExpression } from '../src/odata/parseExpression';
import { parsePath } from '../src/odata/parsePath';
import { readQueryOptions } from '../src/odata/queryOptions';

interface Case {
  Name: string;
  Rule: string;
  Input: string;
  /** Position of the error; absent for valid input. */
  FailAt?: number;
}

const source =
  process.argv[2] ??
  'https://raw.githubusercontent.com/oasis-tcs/odata-abnf/main/abnf/odata-abnf-testcases.yaml';

/** Cases that do not apply, with the reason. */
const exceptions: [test: (one: Case) => boolean, reason: string][] = [
  [
    ({ Rule, Input }) => Rule === 'odataRelativeUri' && Input.includes('#'),
    'a fragment never reaches a server',
  ],
  [
    ({ Input, Rule }) =>
      !Input.startsWith('$') &&
      /^(systemQ|filter|expand|select|order)/.test(Rule),
    'options without "$" are a part of OData 4.01',
  ],
  [
    ({ Input, Rule }) => Rule === 'durationLiteral' && Input.startsWith("'"),
    'durations without prefix are a part of OData 4.01',
  ],
  [
    ({ Name }) => /Property Value - complex|Named Stream/.test(Name),
    'refused by the metadata: there are no complex types and no streams',
  ],
  [
    ({ Input }) => /\$format=.*\$format=/.test(Input),
    'an option may not be repeated (Part 2, section 5.1), which the grammar allows',
  ],
];

class Refused extends Error {}

function expression(input: string, type?: string): void {
  const text = decodeURIComponent(input);
  const found: Expression = parseExpression(text, {
    option: 'The expression',
    aliases: new Map(),
  });
  const isOfType = found.kind === 'literal' && found.type === type;
  if (type && !isOfType) throw new Refused(`not an ${type}`);
}

function options(input: string, isSingle = false): void {
  const { custom } = readQueryOptions(new URLSearchParams(input));
  if (isSingle && custom.length > 0) throw new Refused('several options');
}

/** Segments after a collection that the service answers (see readOperation). */
const answered = /^(?:|\$count|[^/$(]+(?:\/\$value)?)$/;

function address(input: string): void {
  const [path, query] = input.split('?');
  const resource = parsePath(path);
  if (!resource) throw new Refused('no such resource');
  if (resource.kind === 'collection') {
    const rest = resource.rest.join('/');
    if (!answered.test(rest)) throw new NotImplementedError(rest);
  }
  if (query !== undefined) options(query);
}

const literals = (type: string) => (input: string) => expression(input, type);

const rules: Record<string, (input: string) => void> = {
  ...rulesOf(
    ['commonExpr', 'boolCommonExpr', 'boolcommonExpr', 'firstMemberExpr'],
    expression,
  ),
  ...rulesOf(['propertyPathExpr', 'notExpr', 'anyExpr', 'isofExpr'], input =>
    expression(input),
  ),
  ...rulesOf(['primitiveLiteral', 'binaryLiteral', 'enumLiteral'], input =>
    expression(input),
  ),
  ...rulesOf(
    ['sbyteLiteral', 'int16Literal', 'int32Literal', 'int64Literal'],
    literals('Edm.Int64'),
  ),
  ...rulesOf(['doubleLiteral', 'singleLiteral'], literals('Edm.Double')),
  boolean: literals('Edm.Boolean'),
  date: literals('Edm.Date'),
  dateTimeOffsetLiteral: literals('Edm.DateTimeOffset'),
  decimalLiteral: literals('Edm.Decimal'),
  durationLiteral: literals('Edm.Duration'),
  guid: literals('Edm.Guid'),
  timeOfDayLiteral: literals('Edm.TimeOfDay'),
  ...rulesOf(
    ['filter', 'orderby', 'orderBy', 'select', 'skiptoken', 'deltatoken'],
    input => options(input, true),
  ),
  ...rulesOf(['expand', 'compute', 'search', 'systemQueryOption'], input =>
    options(input, true),
  ),
  ...rulesOf(['queryOptions', 'customQueryOption'], input => options(input)),
  ...rulesOf(['odataRelativeUri', 'resourcePath'], address),
};

function rulesOf(names: string[], check: (input: string) => void) {
  return Object.fromEntries(names.map(name => [name, check]));
}

/** `otherRule` is a rule of other documents, such as headers and bodies, or of types that no column has. */
type Outcome =
  | 'passed'
  | 'failed'
  | 'notSupported'
  | 'otherRule'
  | 'doesNotApply';

function outcomeOf(one: Case): [Outcome, message: string] {
  const check = rules[one.Rule];
  if (!check) return ['otherRule', ''];
  const [, reason] = exceptions.find(([test]) => test(one)) ?? [];
  if (reason) return ['doesNotApply', reason];
  const isValid = one.FailAt === undefined;
  try {
    check(String(one.Input));
    return isValid ? ['passed', ''] : ['failed', 'accepted'];
  } catch (error) {
    if (!isValid) return ['passed', ''];
    const isMissing = error instanceof NotImplementedError;
    return [isMissing ? 'notSupported' : 'failed', (error as Error).message];
  }
}

const text = /^https?:/.test(source)
  ? await (await fetch(source)).text()
  : readFileSync(source, 'utf8');
const { TestCases: cases } = parse(text, { schema: 'failsafe' }) as {
  TestCases: Case[];
};
const counts: Record<Outcome, number> = {
  passed: 0,
  failed: 0,
  notSupported: 0,
  otherRule: 0,
  doesNotApply: 0,
};
for (const one of cases) {
  const [outcome, message] = outcomeOf(one);
  counts[outcome] += 1;
  if (outcome === 'failed')
    console.log(`${one.Rule}: ${one.Name}\n  ${one.Input}\n  ${message}`);
}
console.log(JSON.stringify({ cases: cases.length, ...counts }));
process.exitCode = counts.failed === 0 ? 0 : 1;
