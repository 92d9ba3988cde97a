import type { Among } from '../storage/stored-index.js';
import type { Parameters } from './parameters.js';

/** The documents that an index on a server chose, as a condition on the rows of `documents`. */
export function conditionOf(among: Among, parameters: Parameters): string {
  if (Array.isArray(among)) throw new Error('These documents were chosen by another index.');
  return parameters.join(among);
}
