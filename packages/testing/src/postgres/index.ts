export { Postgres } from './Postgres';
