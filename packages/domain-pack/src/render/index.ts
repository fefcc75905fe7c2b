export {
  renderArchetype,
  type RenderContext,
  type RenderedFile,
} from './renderArchetype';
