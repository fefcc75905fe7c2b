export { LogCard } from './LogCard';
