export { appNameField } from './appNameField';
export { placePickerField } from './placePickerField';
