import { checkDocumentInput } from '../documents/input.js';
import type { Reader } from '../documents/reader.js';
import { AkinError, type ErrorIssue } from '../errors.js';
import type { IdentifiedDocument } from './document-writer.js';
import { identifyInput } from './identify.js';

/**
 * Reads documents that came as JSON, all of them or none.
 * @throws AkinError INVALID_REQUEST, or INVALID_DOCUMENT for what can't be stored as it is given, with an issue for each
 *   place that is wrong
 */
export async function readDocuments(inputs: unknown[], reader: Reader): Promise<IdentifiedDocument[]> {
  checkInputs(inputs);
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

/** Before they are sent to the process that reads them: what is nested too deep would not get there. */
function checkInputs(inputs: unknown[]): void {
  const issues = inputs.flatMap((input, index) => {
    try {
      checkDocumentInput(input);
      return [];
    } catch (error) {
      if (!(error instanceof AkinError)) throw error;
      return (error.issues ?? []).map(({ path, message }) => ({ path: `${index}.${path}`, message }));
    }
  });
  const [first] = issues;
  if (first) throw new AkinError('INVALID_DOCUMENT', `Document ${first.path} ${first.message}.`, { issues });
}
