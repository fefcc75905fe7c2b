export {
  isNumeric,
  propertiesOf,
  typeOfSchema,
  type EdmType,
  type Property,
  type Schema,
} from './edm';
export { maxScale, propertySql, sqlTypes, tableColumns } from './storage';
export { textToSql } from './textToSql';
