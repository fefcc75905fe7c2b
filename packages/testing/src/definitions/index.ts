export {
  networkingDefinitions,
  type NetworkingProject,
} from './networkingDefinitions';
