export { appNameField } from './appNameField';
export { placePickerField } from './placePickerField';
export { textAnswerField } from './textAnswerField';
