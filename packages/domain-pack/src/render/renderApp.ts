import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  compileAnswerRules,
  isParameterShown,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { compileSchema, mismatches } from '../parameters/jsonSchema';
import { resolveParameters } from '../parameters/resolveParameters';
import { renderArchetype, type RenderedFile } from './renderArchetype';

/** Thrown for answers that the form rejects. @public */
export class AnswersError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AnswersError';
  }
}

/** A pack, with or without the code of its archetypes. @public */
export interface PackOfApp {
  metadata: DomainPack['metadata'];
  spec: Omit<DomainPack['spec'], 'archetypes'>;
}

/** Data of a new app. @public */
export interface WantedApp {
  tenant: string;
  name: string;
  title: string;
  description?: string;
  /** Group that owns the tenant. */
  owner: string;
  /** Answers of the form; parameters without an answer are omitted. */
  answers: Record<string, unknown>;
}

/**
 * Renders the code of an app; returns the files and the effective answers.
 *
 * @throws AnswersError with all problems of the answers; Error for a faulty template
 * @public
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

/** Returns the effective answers: those to visible parameters, and the defaults of hidden ones. */
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

/** Returns the problems of answers; empty if the form accepts them. */
export function answerProblems(
  archetype: Pick<Archetype, 'parameters'>,
  spec: Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>,
  answers: Record<string, unknown>,
): string[] {
  return compileForm(archetype, spec)(answers);
}

/** Prepares {@link answerProblems} for many sets of answers, because compiling the schema is slow. */
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

/** Returns the defaults of parameters that the form may hide. */
function hiddenAnswers(parameters: Archetype['parameters']) {
  const properties = (parameters.properties ?? {}) as Record<string, any>;
  const hidden = Object.entries(properties).filter(
    ([, schema]) => schema?.['x-bailiwick']?.when,
  );
  return Object.fromEntries(
    hidden.map(([name, schema]) => [name, schema.default]),
  );
}

/** Returns the problems of the settings of an environment, `settings: sentence`; empty if they are valid. @public */
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

/** Returns a message if a filled-in form belongs to another version of its pack; otherwise `undefined`. @public */
export function staleForm(
  { metadata, spec }: PackOfApp,
  { version }: { version: string },
): string | undefined {
  return spec.version === version
    ? undefined
    : `The pack ${metadata.name} has changed from version ${version} to ${spec.version}; open the template again`;
}
