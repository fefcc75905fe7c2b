import { evaluateRule } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { proposedAnswers } from '../../parameters/proposedAnswers';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { oneOf, resolveSchema } from './KnownNames';
import { problemsIn, validArchetypes, type ValidArchetype } from './problemsIn';

/** Reports policies that cannot be evaluated or reject the defaults of a form, and a journey to an unknown place. */
export function checkPolicies(pack: PackSource): Problem[] {
  const { document, source } = pack;
  if (!source) return [];
  const { archetypes, journey, policies = [] } = source.spec;
  return problemsIn(document, refuse => {
    if (journey && !archetypes.includes(journey.firstApp))
      refuse(
        ['spec', 'journey', 'firstApp'],
        `The journey starts with "${journey.firstApp}", which is not an archetype of the pack`,
        oneOf(archetypes, journey.firstApp),
      );
    for (const [position, policy] of policies.entries())
      checkPolicy(pack, policy, (what, remedy) =>
        refuse(['spec', 'policies', position, 'rule'], what, remedy),
      );
  });
}

/** Returns one problem of a rule; a problem with one archetype also occurs with the others. */
function checkPolicy(
  pack: PackSource,
  { message, rule }: { message: string; rule: string },
  refuse: (what: string, remedy: string) => void,
): void {
  for (const archetype of validArchetypes(pack)) {
    const app = sampleApp(pack, archetype);
    if (!app) continue;
    try {
      if (!evaluateRule(rule, { app })) {
        refuse(
          `The policy "${message}" rejects the defaults of ${archetype.name}`,
          'Correct the rule or the defaults of the form',
        );
        return;
      }
      // What it says of an app with less is its own matter, but the API server refuses whom it cannot judge.
      evaluateRule(rule, { app: bare(app, archetype) });
    } catch (error) {
      refuse(
        `Can't evaluate the policy "${message}" for ${archetype.name}: ${
          (error as Error).message
        }`,
        'Write a CEL condition over app, such as size(app.answers.items) <= 10; use has(app.answers.items) to test whether a field exists',
      );
      return;
    }
  }
}

/** Returns the same app without optional fields. */
function bare(
  { description: _left, ...app }: Record<string, unknown>,
  { source }: ValidArchetype,
): Record<string, unknown> {
  const required = (source.parameters.required ?? []) as string[];
  const answers = Object.entries(app.answers as object);
  return {
    ...app,
    answers: Object.fromEntries(
      answers.filter(([name]) => required.includes(name)),
    ),
  };
}

/** The spec of an app as the form proposes it. */
function sampleApp(
  pack: PackSource,
  { name, source }: ValidArchetype,
): Record<string, unknown> | undefined {
  const { metadata, spec } = pack.source!;
  const parameters = resolveSchema(pack, source.parameters);
  const answers = proposedAnswers(parameters);
  const { required = [] } = parameters as { required?: string[] };
  // Without an answer to everything there is no app to look at.
  if (required.some(field => !Object.hasOwn(answers, field))) return undefined;
  return {
    title: source.title,
    description: source.description,
    owner: spec.owners[0],
    archetype: { pack: metadata.name, version: spec.version, name },
    answers,
    source: { repository: 'a-team/an-app', path: '.', revision: '0000000' },
    environments: [{ name: 'dev', revision: 'draft' }],
    delivery: {
      rest: spec.delivery?.rest ?? true,
      csv: spec.delivery?.csv ?? true,
    },
  };
}
