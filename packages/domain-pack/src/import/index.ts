export { importSchema, type ImportedForm } from './importSchema';
export type { ImportFinding } from './SchemaReading';
export { withParameters, type ChangedArchetype } from './withParameters';
