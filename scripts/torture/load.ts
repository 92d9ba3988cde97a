import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../bench/random.js';
import type { Texts } from './texts.js';
import type { Truth } from './truth.js';
import type { Victim } from './victim.js';

/** Documents that each writer writes, deletes and writes again. */
const DOCUMENTS_OF_WRITER = 60;
const MOST_AT_ONCE = 4;
const DELETED_SHARE = 0.25;
const IMPORTED = 120;
const MOST_IMPORTED_AT_ONCE = 15;
/** Between two imports, at the most: what they bring must be embedded before it can be looked at. */
const IMPORT_PAUSE_MS = 800;
/** Between two kills of processes, at the least: none shall end three times at the same task. */
const CHILD_PAUSE_MS = 400;

/** What a load shares with what comes after it. */
export interface LoadParts {
  victim: Victim;
  truth: Truth;
  texts: Texts;
  random: Random;
  tally: Tally;
  /** Kill its processes too, one every so often. */
  killsChildren: boolean;
}

/** What was done and what went wrong. */
export interface Tally {
  acknowledged: number;
  unanswered: number;
  searches: number;
  /** Of the processes that read, embed and mark. */
  childKills: number;
  /** How often `akin doctor` saw what a broken-off upload had left, which the next start clears away. */
  leftovers: number;
  wrong: string[];
}

/** Writes, deletes, imports and searches until the server is killed. */
export async function load(parts: LoadParts): Promise<void> {
  await Promise.all([
    untilKilled(parts, () => write(parts, 'a')),
    untilKilled(parts, () => write(parts, 'b')),
    untilKilled(parts, () => importSome(parts)),
    untilKilled(parts, () => search(parts)),
    ...(parts.killsChildren ? [untilKilled(parts, () => killChild(parts))] : []),
  ]);
}

async function killChild({ random, victim, tally }: LoadParts): Promise<void> {
  await pause(CHILD_PAUSE_MS + random.below(CHILD_PAUSE_MS));
  if (victim.isKilled) return;
  victim.killChild(random);
  tally.childKills++;
}

async function untilKilled({ victim }: LoadParts, work: () => Promise<void>): Promise<void> {
  while (!victim.isKilled) await work();
}

/** Each writer has documents of its own, so that its writes of one come one after the other. */
async function write(parts: LoadParts, writer: string): Promise<void> {
  const { random, texts, truth, victim } = parts;
  const id = (): string => `${writer}/${random.below(DOCUMENTS_OF_WRITER)}`;
  if (random.number() < DELETED_SHARE) {
    const gone = id();
    truth.attempt(gone, null);
    const reply = await victim.ask('DELETE', `/v1/documents/${encodeURIComponent(gone)}`);
    settle(parts, reply?.status, [204, 404], new Map([[gone, null]]));
    return;
  }
  const written = new Map(Array.from({ length: 1 + random.below(MOST_AT_ONCE) }, () => [id(), texts.text()]));
  for (const [each, text] of written) truth.attempt(each, text);
  const documents = Array.from(written, ([each, text]) => ({ id: each, text }));
  const reply = await victim.ask('POST', '/v1/documents', documents);
  settle(parts, reply?.status, [201], written);
}

/** Jobs run in the order in which they were taken, and a job that was taken is done, if after a restart. */
async function importSome(parts: LoadParts): Promise<void> {
  const { random, texts, truth, victim } = parts;
  const first = random.below(IMPORTED);
  const lines = new Map(
    Array.from({ length: 1 + random.below(MOST_IMPORTED_AT_ONCE) }, (_, place) => [
      `import/${(first + place) % IMPORTED}`,
      texts.text(),
    ]),
  );
  for (const [id, text] of lines) truth.attempt(id, text);
  const body = Array.from(lines, ([id, text]) => JSON.stringify({ id, text })).join('\n');
  const reply = await victim.ask('POST', '/v1/documents/import', body, 'application/x-ndjson');
  settle(parts, reply?.status, [202], lines);
  await pause(random.below(IMPORT_PAUSE_MS));
}

async function search({ texts, truth, victim, tally }: LoadParts): Promise<void> {
  const query = texts.query();
  const reply = await victim.ask('POST', '/v1/search', { query, minScore: 0 });
  if (!reply) return;
  tally.searches++;
  if (reply.status !== 200) {
    tally.wrong.push(`a search was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return;
  }
  const { hits } = reply.body as { hits: { document: { id: string }; passages: { text: string }[] }[] };
  for (const { document, passages } of hits) {
    const foreign = passages.find(({ text }) => !truth.wasGiven(document.id, text));
    if (foreign)
      tally.wrong.push(`a search found in ${document.id} what is none of its text: ${foreign.text}`);
  }
}

function settle(
  { truth, tally }: LoadParts,
  status: number | undefined,
  expected: number[],
  written: Map<string, string | null>,
): void {
  if (status === undefined) tally.unanswered++;
  else if (expected.includes(status)) {
    tally.acknowledged++;
    for (const [id, state] of written) truth.acknowledge(id, state);
  } else tally.wrong.push(`a write was answered ${status}`);
}
