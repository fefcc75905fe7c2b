export * from './renderArchetype';
