import {
  makeFieldSchema,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import {
  appNameMax,
  appNameRules,
  appNameTaken,
  brokenRules,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useEffect, useRef } from 'react';
import { nameMissing, nameOf } from '../nameOf';
import { AnswerInput } from './AnswerInput';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: the name. */
const appNameSchema = makeFieldSchema({ output: z => z.string() });

/** The words of the API server for a name that it would refuse, among the apps that are known. */
function appNameProblem(
  name: string,
  tenant: string | undefined,
  apps: AppView[] = [],
): string | undefined {
  const [broken] = brokenRules(appNameRules, name);
  const isTaken = apps.some(
    app => app.tenant === tenant && app.metadata.name === name,
  );
  return broken ?? (isTaken ? appNameTaken(name) : undefined);
}

/** The name of an app: follows the title until one changes it, and is checked while one types. */
export function AppName({
  formContext,
  formData: name,
  idSchema,
  onChange,
  required,
  schema,
}: typeof appNameSchema.TProps) {
  useKeptAnswers(formContext);
  const apps = useLiveList<AppView>('/apps');
  const { place, title = '' } = formContext?.formData ?? {};
  const followed = useRef(title);
  useEffect(() => {
    if (followed.current === title) return;
    const follows = !name || name === nameOf(followed.current, appNameMax);
    followed.current = title;
    if (follows) onChange(nameOf(title, appNameMax) || undefined);
  }, [name, onChange, title]);
  const gaveNone = !name && title !== '' && !nameOf(title, appNameMax);
  const missing = nameMissing('app', gaveNone ? title : undefined);
  return (
    <AnswerInput
      id={idSchema?.$id}
      label={schema.title}
      explanation={schema.description}
      missing={missing}
      onChange={onChange}
      problem={
        name
          ? appNameProblem(name, place?.tenant, apps.value)
          : (gaveNone && missing) || undefined
      }
      required={required}
      value={name}
    />
  );
}

const validation: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const { place } = formData as { place?: { tenant: string } };
  const problem = name
    ? appNameProblem(
        name,
        place?.tenant,
        await apiHolder.get(bailiwickApiRef)?.listApps(),
      )
    : nameMissing('app');
  if (problem) field.addError(problem);
};

/** Field `BailiwickAppName`: refuses a name with the words of the API server. */
export const appNameField = {
  name: 'BailiwickAppName',
  component: AppName,
  schema: appNameSchema,
  validation,
};
