/** A model class of an OpenAPI SDK: a closed list of names, and the type of each. */
export interface SdkModel {
  /** Property of the class → name in JSON. */
  names(): Record<string, string>;
  /** Property of the class → `string`, `number`, a model, or an array or map of them. */
  types(): Record<string, unknown>;
}

function isModel(value: unknown): value is SdkModel {
  return typeof value === 'function' && 'names' in value && 'types' in value;
}

/**
 * Holds a value against a model, all the way down. Returns what is wrong, with its path: keys that
 * the model doesn't have, and values of another type.
 */
export function problemsAgainstModel(value: unknown, model: SdkModel, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: is no object`];
  const properties = Object.entries(model.names());
  return Object.entries(value).flatMap(([key, inner]) => {
    const property = properties.find(([, name]) => name === key)?.[0];
    if (property === undefined) return [`${path}.${key}: is not known`];
    return problemsAgainstType(inner, model.types()[property], `${path}.${key}`);
  });
}

function problemsAgainstType(value: unknown, type: unknown, path: string): string[] {
  if (isModel(type)) return problemsAgainstModel(value, type, path);
  if (typeof type === 'string') {
    return typeof value === type ? [] : [`${path}: is no ${type}`];
  }
  if (typeof type === 'object' && type !== null && 'type' in type) {
    if (type.type === 'map' && 'valueType' in type && typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([key, inner]) =>
        problemsAgainstType(inner, type.valueType, `${path}.${key}`),
      );
    }
    if (type.type === 'array' && 'itemType' in type && Array.isArray(value)) {
      return value.flatMap((inner, index) =>
        problemsAgainstType(inner, type.itemType, `${path}[${index}]`),
      );
    }
  }
  return [`${path}: has a type that is not understood`];
}
