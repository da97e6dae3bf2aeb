import type { Shape } from './properties.ts';

/** As the resource types of Log Service check them; the service itself is stricter. */
export const PROJECT_NAME: Shape = {
  kind: 'text',
  pattern: /^[a-zA-Z0-9_-]+$/,
  minLength: 3,
  maxLength: 63,
};
export const LOGSTORE_NAME = PROJECT_NAME;
