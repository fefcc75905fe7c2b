import { appNameField } from './AppName';
import { appPreflightField } from './AppPreflight';
import { choiceAnswerField } from './ChoiceAnswer';
import type { FormFieldName } from './formFieldNames';
import { numberAnswerField } from './NumberAnswer';
import { placePickerField } from './PlacePicker';
import { textAnswerField } from './TextAnswer';

/**
 * Fields of template forms, by the name of their extension. Which parameter of a pack gets which field is decided in
 * `forms/fieldOf.ts` of the catalog module.
 */
export const formFields = {
  'place-picker': placePickerField,
  'app-name': appNameField,
  'app-preflight': appPreflightField,
  'choice-answer': choiceAnswerField,
  'number-answer': numberAnswerField,
  'text-answer': textAnswerField,
} satisfies Record<FormFieldName, { name: string }>;
