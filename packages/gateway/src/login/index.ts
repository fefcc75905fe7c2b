export * from './checkAccess';
export * from './logIn';
