export * from './actionShape';
