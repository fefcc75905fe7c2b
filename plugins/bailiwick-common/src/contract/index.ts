export * from './openApi';
export * from './parameterSchemas';
