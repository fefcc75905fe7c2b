import type { ApiEntity } from '@backstage/catalog-model';
import {
  defaultDefinitionWidgets,
  type ApiDefinitionWidget,
} from '@backstage/plugin-api-docs';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ApiReference } from './ApiReference';
import { readOpenApi } from './readOpenApi';

/** Loads faster than Swagger UI, in which axe also finds seven broken rules. */
const appDefinition: ApiDefinitionWidget = {
  type: 'openapi',
  title: 'Reference',
  rawLanguage: 'json',
  component: definition => <ApiReference document={readOpenApi(definition)} />,
};

/** Whether an API is that of an app, whose definition is JSON. */
function isApiOfApp({ metadata, spec }: ApiEntity): boolean {
  return (
    metadata.annotations?.[annotations.app] !== undefined &&
    spec.type === appDefinition.type &&
    spec.definition.startsWith('{')
  );
}

const widgets = defaultDefinitionWidgets();

/** Returns the reference for APIs of apps, and Backstage's widget for others. */
export function getApiDefinitionWidget(
  entity: ApiEntity,
): ApiDefinitionWidget | undefined {
  return isApiOfApp(entity)
    ? appDefinition
    : widgets.find(({ type }) => type === entity.spec.type);
}
