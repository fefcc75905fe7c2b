export {
  AnswersError,
  renderApp,
  settingsProblems,
  staleForm,
  type PackOfApp,
  type WantedApp,
} from './renderApp';
export { exampleContext } from './exampleContext';
export {
  renderArchetype,
  type RenderContext,
  type RenderedFile,
} from './renderArchetype';
