export * from './openApiRoute';
