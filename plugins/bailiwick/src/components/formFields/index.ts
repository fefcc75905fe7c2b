export { formFields } from './formFields';
