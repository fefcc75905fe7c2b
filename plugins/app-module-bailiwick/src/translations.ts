// Texts of Backstage's own pages, in the portal's style: sentence case, and no terms that only Backstage uses.
import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import { apiDocsTranslationRef } from '@backstage/plugin-api-docs';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { catalogTranslationRef } from '@backstage/plugin-catalog';
import { catalogReactTranslationRef } from '@backstage/plugin-catalog-react';
import { orgTranslationRef } from '@backstage/plugin-org';
import { scaffolderTranslationRef } from '@backstage/plugin-scaffolder';
import { scaffolderReactTranslationRef } from '@backstage/plugin-scaffolder-react';
import { userSettingsTranslationRef } from '@backstage/plugin-user-settings';

const messages = {
  'api-docs': createTranslationMessages({
    ref: apiDocsTranslationRef,
    messages: {
      'defaultApiExplorerPage.subtitle': 'APIs',
      'defaultApiExplorerPage.createButtonTitle': 'Register API',
      'apiDefinitionDialog.toggleButtonAriaLabel': 'Toggle API definition',
      'apiEntityColumns.apiDefinitionTitle': 'API definition',
    },
  }),
  catalog: createTranslationMessages({
    ref: catalogTranslationRef,
    messages: {
      'indexPage.title': 'Catalog',
      'aboutCard.editButtonTitle': 'Edit metadata',
      'aboutCard.launchTemplate': 'Use template',
      'aboutCard.viewTechdocs': 'View docs',
      'aboutCard.viewSource': 'View source',
      'aboutCard.ownerField.value': 'No owner',
      'aboutCard.domainField.value': 'No domain',
      'aboutCard.systemField.value': 'No system',
      'aboutCard.parentComponentField.label': 'Parent component',
      'aboutCard.parentComponentField.value': 'No parent component',
      'aboutCard.tagsField.value': 'No tags',
      'entityLabels.warningPanelTitle': 'Not found in the catalog',
      'entityPage.notFoundMessage':
        'No {{kind}} has this address. It may have been deleted, or the link may be wrong. Addresses have a {{link}}.',
      'entityPage.notFoundLinkText': 'namespace, kind and name',
      'entityNotFound.title': 'Entity not found',
      'entityNotFound.description':
        'It may have been deleted, or you may not have access to it.',
      'entityNotFound.docButtonTitle': 'Docs',
      'systemDiagramCard.title': 'System diagram',
    },
  }),
  'catalog-react': createTranslationMessages({
    ref: catalogReactTranslationRef,
    messages: {
      'entityTypePicker.optionAllTitle': 'All',
      'inspectEntityDialog.title': 'Entity inspector',
      'missingAnnotationEmptyState.title': 'Missing annotation',
      'unregisterEntityDialog.deleteButtonTitle': 'Delete entity',
      'unregisterEntityDialog.bootstrapState.advancedOptions':
        'Advanced options',
      'unregisterEntityDialog.unregisterState.advancedOptions':
        'Advanced options',
      'unregisterEntityDialog.unregisterState.unregisterButtonTitle':
        'Unregister location',
    },
  }),
  org: createTranslationMessages({
    ref: orgTranslationRef,
    messages: {
      'groupProfileCard.editIconButtonTitle': 'Edit metadata',
      'groupProfileCard.listItemTitle.entityRef': 'Entity reference',
      'groupProfileCard.listItemTitle.parentGroup': 'Parent group',
      'groupProfileCard.listItemTitle.childGroups': 'Child groups',
      'userProfileCard.editIconButtonTitle': 'Edit metadata',
    },
  }),
  scaffolder: createTranslationMessages({
    ref: scaffolderTranslationRef,
    messages: {
      'aboutCard.launchTemplate': 'Use template',
      'listTaskPage.pageTitle': 'Tasks',
      'listTaskPage.title': 'Tasks',
      'listTaskPage.subtitle': 'Tasks that create apps and tenants',
      'listTaskPage.content.tableCell.taskID': 'Task',
      'ownerListPicker.title': 'Task owner',
      'ongoingTask.pageTitle.noTemplateName': 'Task',
      'ongoingTask.startOverButtonTitle': 'Start over',
      'ongoingTask.hideLogsButtonTitle': 'Hide log',
      'ongoingTask.showLogsButtonTitle': 'Show log',
      'ongoingTask.contextMenu.hideLogs': 'Hide log',
      'ongoingTask.contextMenu.showLogs': 'Show log',
      'ongoingTask.contextMenu.hideButtonBar': 'Hide buttons',
      'ongoingTask.contextMenu.showButtonBar': 'Show buttons',
      'ongoingTask.contextMenu.startOver': 'Start over',
      'templatingExtensions.title': 'Templating extensions',
      'templatingExtensions.pageTitle': 'Templating extensions',
    },
  }),
  'scaffolder-react': createTranslationMessages({
    ref: scaffolderReactTranslationRef,
    messages: {
      'scaffolderPageContextMenu.editorLabel': 'Manage templates',
      'scaffolderPageContextMenu.actionsLabel': 'Installed actions',
      'scaffolderPageContextMenu.tasksLabel': 'Tasks',
      'scaffolderPageContextMenu.templatingExtensionsLabel':
        'Templating extensions',
      'templateOutputs.title': 'Result',
    },
  }),
  'user-settings': createTranslationMessages({
    ref: userSettingsTranslationRef,
    messages: {
      'themeToggle.description': 'Light, dark, or the same as your system',
      'themeToggle.selectAuto': 'Use the system theme',
      'signOutMenu.title': 'Sign out',
      'signOutMenu.moreIconTitle': 'More',
      'pinToggle.title': 'Pin sidebar',
      'pinToggle.description': 'Keep the sidebar open',
      'pinToggle.switchTitles.pin': 'Pin sidebar',
      'pinToggle.switchTitles.unpin': 'Unpin sidebar',
      'pinToggle.ariaLabelTitle': 'Pin sidebar',
      'identityCard.title': 'Identity',
      'identityCard.noIdentityTitle': 'Not signed in',
      'identityCard.userEntity': 'You',
      'identityCard.ownershipEntities': 'Your memberships',
      'emptyProviders.title': 'No sign-in providers',
      'authProviders.title': 'Sign-in providers',
      'defaultSettingsPage.tabsTitle.authProviders': 'Sign-in providers',
      'defaultSettingsPage.tabsTitle.featureFlags': 'Feature flags',
      'featureFlags.title': 'Feature flags',
      'featureFlags.emptyFlags.title': 'No feature flags',
    },
  }),
};

/** Our texts in place of Backstage's. */
export const translationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: Object.entries(messages).map(([name, resource]) =>
    TranslationBlueprint.make({ name, params: { resource } }),
  ),
});
