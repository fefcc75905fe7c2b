export { ApiCard } from './ApiCard';
export { AppCards } from './AppCards';
export { FleetCard } from './FleetCard';
