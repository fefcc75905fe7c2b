import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  compileAnswerRules,
  isParameterShown,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { compileSchema, mismatches } from '../parameters/jsonSchema';
import { resolveParameters } from '../parameters/parameters';
import { renderArchetype, type RenderedFile } from './renderArchetype';

/** Answers that the form would refuse. */
export class AnswersError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AnswersError';
  }
}

/** A pack, with or without the code of its archetypes. */
export interface PackOfApp {
  metadata: DomainPack['metadata'];
  spec: Omit<DomainPack['spec'], 'archetypes'>;
}

/** An app that somebody wants. */
export interface WantedApp {
  tenant: string;
  name: string;
  title: string;
  description?: string;
  /** Group that owns the tenant. */
  owner: string;
  /** What was filled in; what the archetype does not ask for is left out. */
  answers: Record<string, unknown>;
}

/**
 * The code of an app, and the answers that it was made with.
 *
 * @throws AnswersError with everything that is wrong with the answers; Error for a faulty template
 */
export function renderApp(
  archetype: Pick<Archetype, 'files' | 'parameters'>,
  { metadata, spec }: PackOfApp,
  { answers, description = '', ...place }: WantedApp,
): { answers: Record<string, unknown>; files: RenderedFile[] } {
  const kept = keptAnswers(archetype.parameters, answers);
  const broken = answerProblems(archetype, spec, kept);
  if (broken.length > 0) throw new AnswersError(broken.join('; '));
  const files = renderArchetype(archetype, {
    values: { ...place, description, ...kept },
    vocabulary: spec.vocabulary,
    pack: { name: metadata.name, version: spec.version },
  });
  return { answers: kept, files };
}

/** Returns the answers that count: those that a form asks for, and the defaults of what it hides. */
export function keptAnswers(
  parameters: Archetype['parameters'],
  answers: Record<string, unknown>,
): Record<string, unknown> {
  const known = Object.keys(parameters.properties ?? {});
  return {
    ...hiddenAnswers(parameters),
    ...Object.fromEntries(
      Object.entries(answers).filter(
        ([name]) =>
          known.includes(name) && isParameterShown(parameters, name, answers),
      ),
    ),
  };
}

/** Returns why a form refuses answers, in words; empty when it takes them. */
export function answerProblems(
  archetype: Pick<Archetype, 'parameters'>,
  spec: Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>,
  answers: Record<string, unknown>,
): string[] {
  return compileForm(archetype, spec)(answers);
}

/** Prepares {@link answerProblems} for many sets of answers: compiling the schema takes longest. */
export function compileForm(
  { parameters }: Pick<Archetype, 'parameters'>,
  spec: Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>,
): (answers: Record<string, unknown>) => string[] {
  const checked = compileSchema(resolveParameters(parameters, spec));
  const brokenRules = compileAnswerRules(parameters, spec.datasets);
  return answers => [
    ...('validate' in checked ? mismatches(checked.validate, answers) : []),
    ...brokenRules(answers),
  ];
}

/** What holds for parameters that a form need not have shown: their defaults. */
function hiddenAnswers(parameters: Archetype['parameters']) {
  const properties = (parameters.properties ?? {}) as Record<string, any>;
  const hidden = Object.entries(properties).filter(
    ([, schema]) => schema?.['x-bailiwick']?.when,
  );
  return Object.fromEntries(
    hidden.map(([name, schema]) => [name, schema.default]),
  );
}

/** What is wrong with what an environment sets, `settings: sentence`; empty when nothing is. */
export function settingsProblems(
  { settings }: Pick<Archetype, 'settings'>,
  values: Record<string, unknown> = {},
): string[] {
  const { properties = {} } = (settings ?? {}) as { properties?: object };
  const unknown = Object.keys(values).filter(
    name => !Object.hasOwn(properties, name),
  );
  const checked = compileSchema(settings ?? {});
  return [
    ...unknown.map(
      name =>
        `settings: The setting "${name}" does not exist; available: ${
          Object.keys(properties).join(', ') || 'none'
        }`,
    ),
    ...('validate' in checked
      ? mismatches(checked.validate, values).map(words => `settings: ${words}`)
      : []),
  ];
}

/** Why a form that was filled in is of another version of its pack; `undefined` when it is not. */
export function staleForm(
  { metadata, spec }: PackOfApp,
  { version }: { version: string },
): string | undefined {
  return spec.version === version
    ? undefined
    : `The pack ${metadata.name} has changed from version ${version} to ${spec.version}; open the template again`;
}
