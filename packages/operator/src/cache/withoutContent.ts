import {
  dropManagedFields,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';

/** Drops the values of a ConfigMap: code bundles are large, and only their presence matters. */
export function withoutContent(configMap: ConfigMap): ConfigMap {
  const { data, binaryData, ...rest } = dropManagedFields(configMap);
  return {
    ...rest,
    ...(data && { data: emptied(data) }),
    ...(binaryData && { binaryData: emptied(binaryData) }),
  };
}

function emptied(content: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(content).map(key => [key, '']));
}
