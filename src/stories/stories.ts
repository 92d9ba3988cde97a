import { groupBy } from '../group-by.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { StoryRow } from '../storage/story-rows.js';
import { clusterStories, compare, type StoryNode } from './cluster.js';
import type { Story, StoryDocument } from './story.js';
import { type LinkedDocument, StoryLinks } from './story-links.js';

/** Every pair of documents is compared, so there is an end: the newest so many are looked at. */
const MOST_DOCUMENTS = 10_000;

/** Versions of one text, which count as one document of a story: the one with the least id stands for them. */
interface Text extends StoryNode, LinkedDocument {
  versions: StoryRow[];
}

/**
 * The stories of an index, found when they are asked for and held until it changes. The same documents give the same
 * stories whatever the order in which they came: nothing but their vectors, dates and ids decides.
 */
export class Stories {
  readonly #storage: StoredIndex;
  readonly #links: StoryLinks;
  #changes = -1;
  #stories: Promise<Story[]> = Promise.resolve([]);

  constructor(storage: StoredIndex) {
    this.#storage = storage;
    this.#links = new StoryLinks(storage.vectors);
  }

  /** The newest first, by the last document; those without a date behind. */
  all(): Promise<Story[]> {
    const changes = this.#storage.changes();
    if (changes === this.#changes) return this.#stories;
    this.#changes = changes;
    // One after the other: both write down what they compared.
    const found = this.#stories.catch(() => []).then(() => this.#find());
    this.#stories = found;
    found.catch(() => {
      if (this.#stories === found) this.#changes = -1;
    });
    return found;
  }

  /** The story that a document belongs to; null where it stands alone. */
  async of(id: string): Promise<Story | null> {
    const stories = await this.all();
    return stories.find(({ documents }) => documents.some((document) => document.id === id)) ?? null;
  }

  async #find(): Promise<Story[]> {
    const texts = textsOf(await this.#storage.storyRows(MOST_DOCUMENTS));
    const links = await this.#links.between(texts);
    const groups = await clusterStories(texts, links);
    return groups.map((places) => storyOf(places.flatMap((place) => texts[place] ?? []))).sort(newestFirst);
  }
}

/** Newest first; ties by size and id. */
function newestFirst(one: Story, other: Story): number {
  return (
    timeOf(other.lastAt) - timeOf(one.lastAt) ||
    other.documents.length - one.documents.length ||
    compare(one.id, other.id)
  );
}

function textsOf(rows: StoryRow[]): Text[] {
  return [...groupBy(rows, ({ group }) => group).values()].flatMap((group): Text[] => {
    const versions = group.sort((a, b) => compare(a.id, b.id));
    const [first] = versions;
    if (!first) return [];
    const times = versions.flatMap(({ publishedMs }) => publishedMs ?? []);
    const time = times.length > 0 ? times.reduce((least, each) => Math.min(least, each)) : null;
    return [{ id: first.id, key: first.key, time, state: `${first.lastPassage}/${time}`, versions }];
  });
}

/** @param texts the most central first */
function storyOf(texts: Text[]): Story {
  const rows = texts.flatMap(({ versions }) => versions);
  const title = rows.find((row) => row.title !== null)?.title ?? null;
  const byTime = [...rows].sort((a, b) => timeBefore(a.publishedMs, b.publishedMs) || compare(a.id, b.id));
  const dated = byTime.filter(({ publishedMs }) => publishedMs !== null);
  return {
    id: byTime[0]?.id ?? '',
    title,
    firstAt: dated[0]?.publishedAt ?? null,
    lastAt: dated.at(-1)?.publishedAt ?? null,
    documents: byTime.map(
      ({ id, title: own, url, source, publishedAt }): StoryDocument => ({
        id,
        title: own,
        url,
        source,
        publishedAt,
      }),
    ),
  };
}

function timeBefore(one: number | null, other: number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
}

function timeOf(date: string | null): number {
  return date === null ? Number.MIN_SAFE_INTEGER : Date.parse(date);
}
