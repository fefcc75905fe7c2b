/**
 * Themes, navigation, sign-in page and template cards of the Bailiwick portal.
 *
 * @packageDocumentation
 */
export {
  BailiwickSignInPage,
  type BailiwickSignInPageProps,
} from './SignInPage';
export { appModuleBailiwick as default } from './module';
