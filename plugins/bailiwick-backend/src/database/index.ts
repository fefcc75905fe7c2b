export { openDatabase, type DatabaseClient } from './openDatabase';
