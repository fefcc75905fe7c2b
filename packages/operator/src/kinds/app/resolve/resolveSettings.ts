import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  addPackKeywords,
  packNameOf,
  schemaErrorWords,
  settingsIn,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { throwFailed } from '../workload';
import type { FoundArchetype } from './resolveArchetype';

type Json = Record<string, unknown>;

/** Compiled schemas by schema object, which changes only with its pack. */
const validators = new WeakMap<Json, ValidateFunction>();

/**
 * Returns the settings of an app in an environment: the defaults of its archetype, overridden by
 * the environment; `undefined` when the archetype has none.
 *
 * @throws ObstacleError for an invalid value
 */
export function resolveSettings(
  { archetype, pack }: Pick<FoundArchetype, 'archetype' | 'pack'>,
  environment: AppEnvironment,
): Json | undefined {
  const { settings } = archetype;
  const { name } = environment;
  const properties = (settings?.properties ?? {}) as Record<string, Json>;
  if (!settings || Object.keys(properties).length === 0) return undefined;
  const values = settingsIn(archetype, environment);
  const validate = compile(settings, () =>
    throwFailed(
      `The settings of the archetype "${
        archetype.name
      }" in domain pack ${packNameOf(pack)} are not a valid JSON Schema.`,
      "Ask the pack's owners to correct it.",
    ),
  );
  if (validate(values)) return values;
  const [problem] = validate.errors ?? [];
  const { instancePath = '', params = {} } = problem ?? {};
  const message = problem && schemaErrorWords(problem);
  const place = instancePath.slice(1).replaceAll('/', '.');
  const values_ = [params.allowedValues ?? params.additionalProperty].flat();
  const named = values_.filter(one => one !== undefined).join(', ');
  return throwFailed(
    `The settings in ${name} are invalid: ${[place, message]
      .filter(Boolean)
      .join(' ')}${named ? `: ${named}` : ''}.`,
    `Correct the settings of environment ${name}.`,
  );
}

function compile(schema: Json, onFault: () => never): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  // Schemas may contain keywords of forms.
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  addPackKeywords(ajv);
  try {
    const validate = ajv.compile(schema);
    validators.set(schema, validate);
    return validate;
  } catch {
    return onFault();
  }
}
