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
  noValue,
  renderArchetype,
  TemplateError,
  type RenderContext,
  type RenderedFile,
} from './renderArchetype';
