export { addMcpRoutes } from './mcpRoute';
