import type { Entry } from 'yauzl';

/** A local header without its name and extra fields (APPNOTE 6.3.10, 4.3.7). */
const LOCAL_HEADER = 30;

/**
 * The entries whose data lies within another's: no program writes such, but a small archive can be made to expand
 * without end by it (Fifield, "A better zip bomb", 2019). The first of those that overlap is not among them.
 */
export function overlappingEntries(entries: Entry[]): Set<Entry> {
  const overlapping = new Set<Entry>();
  let end = 0;
  const byPlace = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const entry of byPlace) {
    const { relativeOffsetOfLocalHeader: start, fileNameRaw, compressedSize } = entry;
    if (start < end) overlapping.add(entry);
    else end = start + LOCAL_HEADER + fileNameRaw.length + compressedSize;
  }
  return overlapping;
}
