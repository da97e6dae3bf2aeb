import { CloudError } from '../../workflows/onboarding/errors.ts';

export function cloudError(code: string, message: string): CloudError {
  return new CloudError({ operation: 'StartConfigurationRecorder', code, message });
}
