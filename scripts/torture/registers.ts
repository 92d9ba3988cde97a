import type { Random } from '../bench/random.js';
import type { Victim } from './victim.js';

/** A write or a read of one document, with when it was asked and answered. */
interface Operation {
  document: string;
  /** What was written, or what was read; null where nothing was there. */
  value: number | null;
  asked: number;
  answered: number;
}

export interface RegistersReport {
  writes: number;
  reads: number;
  /** Reads of a value that had been overwritten before they were asked, or that nobody wrote. */
  wrong: string[];
}

const DOCUMENTS = 8;
const WRITE_SHARE = 0.3;
const VALUE = /number (\d+)\./;

/**
 * Many clients read and write the same few documents, and each read is looked at: a read that is asked after a write was
 * answered sees that one or one that was not over before it began.
 */
export async function registers(
  victim: Victim,
  { clients, ms, random }: { clients: number; ms: number; random: Random },
): Promise<RegistersReport> {
  const end = performance.now() + ms;
  const writes: Operation[] = [];
  const reads: Operation[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const document = `register/${random.below(DOCUMENTS)}`;
      const asked = performance.now();
      if (random.number() < WRITE_SHARE) {
        const value = next++;
        // Known before it is answered: a read under way may see it.
        const write = { document, value, asked, answered: Number.POSITIVE_INFINITY };
        writes.push(write);
        const text = `The register holds the number ${value}. It was written by one of many.`;
        const reply = await victim.ask('POST', '/v1/documents', { id: document, text });
        if (reply?.status === 201) write.answered = performance.now();
      } else {
        const reply = await victim.ask('GET', `/v1/documents/${encodeURIComponent(document)}`);
        const [, value] = VALUE.exec((reply?.body as { text?: string } | null)?.text ?? '') ?? [];
        if (reply?.status !== 200 && reply?.status !== 404) continue;
        reads.push({
          document,
          value: value === undefined ? null : Number(value),
          asked,
          answered: performance.now(),
        });
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { writes: writes.length, reads: reads.length, wrong: staleReads(writes, reads) };
}

/** Reads that no order of the operations explains in which each takes effect between its asking and its answer. */
export function staleReads(writes: Operation[], reads: Operation[]): string[] {
  const written = new Map(writes.map((write) => [write.value, write]));
  return reads.flatMap((read) => {
    const own = read.value === null ? null : written.get(read.value);
    if (own === undefined || (own && (own.document !== read.document || own.asked > read.answered)))
      return [`${read.document} was read as ${read.value}, which was not written there before`];
    const overwritten = writes.find(
      (write) =>
        write.document === read.document &&
        write.answered < read.asked &&
        (own === null || write.asked > own.answered),
    );
    return overwritten
      ? [`${read.document} was read as ${read.value} after ${overwritten.value} had taken its place`]
      : [];
  });
}
