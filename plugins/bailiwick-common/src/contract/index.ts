export * from './answerRules';
export * from './openApi';
export * from './parameterSchemas';
export * from './typeWords';
