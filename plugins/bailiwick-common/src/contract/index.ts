export { formatsOf, resultFormats, type MediaType } from './formats';
export * from './answerRules';
export * from './compareContracts';
export * from './openApi';
export * from './parameterSchemas';
export * from './typeWords';
