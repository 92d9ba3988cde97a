import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../bench/random.js';
import { checkDocuments, compareWithFresh, doctorsFindings, settledJobs } from './check.js';
import { load, type Tally } from './load.js';
import { Texts } from './texts.js';
import { Truth } from './truth.js';
import { Victim } from './victim.js';

/** Of the kills, so many hit a server that is still starting. */
const STARTING_SHARE = 0.25;
const START_MS = 2_000;
const LOAD_MS = 2_000;
/** An index made anew of the same documents is compared after so many kills, and at the end. */
const COMPARED_EVERY = 20;

export interface TortureOptions {
  kills: number;
  seed: number;
  /** An empty folder for the index and those it is compared with. */
  folder: string;
  /** Kill the processes that read, embed and mark too. Default: false */
  killsChildren?: boolean;
  onKill?: (kill: number, tally: Tally) => void;
}

export interface TortureReport extends Tally {
  kills: number;
  seed: number;
  /** Kills of a server that was still starting. */
  whileStarting: number;
  /** Documents looked at after the restarts, one by one. */
  checked: number;
  comparisons: number;
  seconds: number;
}

/**
 * Kills a server that writes, imports, deletes and searches at random instants, starts it again, and looks whether all
 * that was answered is there, and nothing else.
 */
export async function torture({
  kills,
  seed,
  folder,
  killsChildren = false,
  onKill,
}: TortureOptions): Promise<TortureReport> {
  const started = performance.now();
  const random = seededRandom(seed);
  const texts = new Texts(random);
  const truth = new Truth();
  const index = join(folder, 'index');
  const tally: Tally = {
    acknowledged: 0,
    unanswered: 0,
    searches: 0,
    childKills: 0,
    leftovers: 0,
    wrong: [],
  };
  let [whileStarting, checked, comparisons] = [0, 0, 0];

  const lookInto = async (victim: Victim, isCompared: boolean): Promise<void> => {
    await settledJobs(victim);
    const { documents, wrong } = await checkDocuments(victim, truth);
    checked += documents.size;
    tally.wrong.push(...wrong);
    if (!isCompared) return;
    comparisons++;
    const fresh = join(folder, 'fresh');
    tally.wrong.push(...(await compareWithFresh(victim, { documents, folder: fresh, texts })));
    rmSync(fresh, { recursive: true });
  };

  const examine = (): void => {
    const { wrong, leftovers } = doctorsFindings(index);
    tally.wrong.push(...wrong);
    if (leftovers) tally.leftovers++;
  };

  for (let kill = 1; kill <= kills; kill++) {
    const victim = new Victim(index);
    if (random.number() < STARTING_SHARE) {
      await pause(random.below(START_MS));
      if (victim.hasFallen) tally.wrong.push(`the server ended as it started: ${victim.output}`);
      whileStarting++;
    } else {
      await victim.ready;
      await lookInto(victim, kill % COMPARED_EVERY === 0);
      const loading = load({ victim, truth, texts, random, tally, killsChildren });
      await Promise.race([loading, pause(random.below(LOAD_MS))]);
      await Promise.all([victim.kill(), loading]);
    }
    await victim.kill();
    if (kill % COMPARED_EVERY === 0) examine();
    onKill?.(kill, tally);
  }
  const last = new Victim(index);
  await last.ready;
  await lookInto(last, true);
  await last.stop();
  examine();
  const seconds = (performance.now() - started) / 1000;
  return { ...tally, kills, seed, whileStarting, checked, comparisons, seconds };
}
