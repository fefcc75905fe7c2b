export { appNameField } from './appNameField';
export { appPreflightField } from './appPreflightField';
export { numberAnswerField } from './numberAnswerField';
export { placePickerField } from './placePickerField';
export { textAnswerField } from './textAnswerField';
