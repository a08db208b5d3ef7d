export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isObjectWith(value: unknown, ...names: string[]): value is Record<string, unknown> {
  return isObject(value) && names.every((name) => name in value);
}
