import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseFor } from '../database-for-tests.js';
import type { Texts } from './texts.js';
import type { Truth } from './truth.js';
import { main, Victim } from './victim.js';

const LISTED_AT_ONCE = 1_000;
const JOB_PAUSE_MS = 50;
const QUERIES = 20;
const HITS = 100;
const ADDED_AT_ONCE = 100;

/** The texts of all documents by their ids. */
export type Documents = Map<string, string>;

interface Listing {
  documents: { id: string }[];
  nextCursor: string | null;
}

/** Waits until no job is under way: what was imported is there then. */
export async function settledJobs(victim: Victim): Promise<void> {
  for (;;) {
    const { jobs } = (await answer(victim, 'GET', '/v1/jobs')) as { jobs: { status: string }[] };
    if (jobs.every(({ status }) => status !== 'queued' && status !== 'running')) return;
    await pause(JOB_PAUSE_MS);
  }
}

/** What is wrong with the documents: lost, changed, come back, there twice. */
export async function checkDocuments(
  victim: Victim,
  truth: Truth,
): Promise<{ documents: Documents; wrong: string[] }> {
  const wrong: string[] = [];
  const documents: Documents = new Map();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = (await answer(victim, 'GET', `/v1/documents?limit=${LISTED_AT_ONCE}${after}`)) as Listing;
    for (const { id } of page.documents) {
      if (documents.has(id)) wrong.push(`${id} is listed twice`);
      const { text } = (await answer(victim, 'GET', `/v1/documents/${encodeURIComponent(id)}`)) as {
        text: string;
      };
      documents.set(id, text);
    }
    cursor = page.nextCursor;
  }
  for (const id of new Set([...truth.ids, ...documents.keys()])) {
    const possible = truth.possible(id);
    const found = documents.get(id) ?? null;
    if (!truth.observe(id, found))
      wrong.push(`${id} is ${shown(found)}, and may be ${possible.map(shown).join(' or ')}`);
  }
  return { documents, wrong };
}

interface Finding {
  check: string;
  detail: string;
}

/**
 * What akin doctor finds in an index folder that no process holds; of a database it knows nothing.
 * @returns `leftovers`: whether it found what a broken-off upload left, which the next start clears away
 */
export function doctorsFindings(index: string): { wrong: string[]; leftovers: boolean } {
  if (databaseFor(index).AKIN_DATABASE) return { wrong: [], leftovers: false };
  const { stdout, stderr } = spawnSync(process.execPath, [main, 'doctor', '--json', '--index', index], {
    encoding: 'utf8',
  });
  if (stdout === '') return { wrong: [`akin doctor failed: ${stderr}`], leftovers: false };
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const wrong = findings.filter(({ check }) => check !== 'leftovers');
  return {
    wrong: wrong.map(({ check, detail }) => `akin doctor finds ${check}: ${detail}`),
    leftovers: wrong.length < findings.length,
  };
}

/** Searches whose answers differ from those of an index that is made of the same documents in a folder of its own. */
export async function compareWithFresh(
  victim: Victim,
  { documents, folder, texts }: { documents: Documents; folder: string; texts: Texts },
): Promise<string[]> {
  const fresh = new Victim(folder);
  try {
    await fresh.ready;
    const all = Array.from(documents, ([id, text]) => ({ id, text }));
    for (let from = 0; from < all.length; from += ADDED_AT_ONCE)
      await answer(fresh, 'POST', '/v1/documents', all.slice(from, from + ADDED_AT_ONCE));
    const wrong: string[] = [];
    for (let i = 0; i < QUERIES; i++) {
      const query = texts.query();
      for (const mode of ['hybrid', 'semantic', 'keyword']) {
        const [here, there] = [await ranking(victim, query, mode), await ranking(fresh, query, mode)];
        if (here !== there) wrong.push(`"${query}" (${mode}) finds ${here}, and in a fresh index ${there}`);
      }
    }
    return wrong;
  } finally {
    await fresh.stop();
  }
}

/** The documents found and their scores; those that score the same as the last may be others elsewhere. */
async function ranking(victim: Victim, query: string, mode: string): Promise<string> {
  const { hits } = (await answer(victim, 'POST', '/v1/search', {
    query,
    mode,
    limit: HITS,
    minScore: 0,
    passagesPerDocument: 1,
  })) as { hits: { score: number; document: { id: string } }[] };
  const last = hits.length === HITS ? hits.at(-1)?.score : undefined;
  const sure = hits.filter(({ score }) => score !== last);
  const ordered = sure.sort((a, b) => b.score - a.score || a.document.id.localeCompare(b.document.id));
  return ordered.map(({ score, document }) => `${document.id}:${score}`).join(' ');
}

async function answer(victim: Victim, method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await victim.ask(method, path, body);
  if (!reply || reply.status >= 300)
    throw new Error(`${method} ${path} was answered ${reply?.status}: ${JSON.stringify(reply?.body)}`);
  return reply.body;
}

function shown(state: string | null): string {
  return state === null ? 'not there' : `"${state.slice(0, 40)}…" (${state.length})`;
}
