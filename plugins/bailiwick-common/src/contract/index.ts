export * from './openApi';
