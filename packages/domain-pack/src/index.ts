/**
 * The parts of domain packs that a portal needs at run time: rendering apps and checking answers.
 *
 * @packageDocumentation
 */
export {
  AnswersError,
  exampleContext,
  renderApp,
  renderArchetype,
  settingsProblems,
  staleForm,
  type PackOfApp,
  type RenderContext,
  type RenderedFile,
  type WantedApp,
} from './render';
export { proposedAnswers } from './parameters/proposedAnswers';
