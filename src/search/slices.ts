/** Documents whose rows are in memory at once while they are gone through: with their metadata they have some megabytes. */
export const DOCUMENTS_AT_ONCE = 50;

/** A list of documents, so many at once. */
export function* slices<Entry>(documents: Entry[]): Generator<Entry[]> {
  for (let start = 0; start < documents.length; start += DOCUMENTS_AT_ONCE)
    yield documents.slice(start, start + DOCUMENTS_AT_ONCE);
}
