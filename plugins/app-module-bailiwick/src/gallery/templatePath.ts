import type { Entity } from '@backstage/catalog-model';

/**
 * Path of a template's form, relative to the gallery.
 *
 * @param tenant - name of the tenant that the form starts with; absent when the form asks for it
 */
export function templatePath(
  { metadata: { name, namespace } }: Entity,
  tenant?: string,
): string {
  const path = `${namespace}/${name}`;
  if (!tenant) return path;
  const answers = JSON.stringify({ place: { tenant } });
  return `${path}?formData=${encodeURIComponent(answers)}`;
}
