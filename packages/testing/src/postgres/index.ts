export { Postgres } from './Postgres';
export { PostgresPod, postgresImageSpec } from './PostgresPod';
