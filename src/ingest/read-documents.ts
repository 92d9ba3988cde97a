import type { Reader } from '../documents/reader.js';
import { AkinError, type ErrorIssue } from '../errors.js';
import type { IdentifiedDocument } from './document-writer.js';
import { identifyInput } from './identify.js';

/**
 * Reads documents that came as JSON, all of them or none.
 * @throws AkinError INVALID_REQUEST with an issue for each place that is wrong
 */
export async function readDocuments(inputs: unknown[], reader: Reader): Promise<IdentifiedDocument[]> {
  const read = await reader.readInputs(inputs, { urgent: true });
  const issues: ErrorIssue[] = [];
  const documents = read.flatMap((result, index): IdentifiedDocument[] => {
    if ('document' in result) return [identifyInput(result.document)];
    const own = result.issues.length > 0 ? result.issues : [{ path: '', message: result.failure.detail }];
    issues.push(
      ...own.map(({ path, message }) => ({ path: [index, path].filter((p) => p !== '').join('.'), message })),
    );
    return [];
  });
  const [first] = issues;
  if (first) throw new AkinError('INVALID_REQUEST', `Document ${first.path} ${first.message}`, { issues });
  return documents;
}
