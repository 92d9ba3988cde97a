import { Turns } from '../turns.js';

/** A document as clustering sees it. */
export interface StoryNode {
  /** By which ties are broken: the same whatever the order in which documents came. */
  id: string;
  /** When it was published, in milliseconds; null where that is not known. */
  time: number | null;
}

/** Two documents near enough to tell of one event, by their places in the list of nodes. */
export interface StoryLink {
  one: number;
  other: number;
  cosine: number;
}

/** Two documents further apart in time tell of two events, however alike they are. */
export const STORY_WINDOW_MS = 21 * 86_400_000;
/** Two groups become one when this part of the pairs between them is linked. */
const LEAST_LINKED = 0.5;

/** Whether two documents may be of one story by their times; one without a time may be of any. */
export function areInOneWindow(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) <= STORY_WINDOW_MS;
}

/**
 * Groups documents into stories: links are taken from the nearest on, and each joins the two groups at its ends if half
 * of the pairs between them that lie in one window are linked. So a story may go on for longer than the window, and a
 * chance likeness joins no two. The same nodes and links give the same groups in whatever order they are given.
 *
 * @returns places of the nodes in groups of two and more; in each the most central first, by its cosines to the others
 */
export async function clusterStories(nodes: StoryNode[], links: StoryLink[]): Promise<number[][]> {
  const turns = new Turns();
  const ordered = inOrder(nodes, links);
  const linked = new Map<number, Set<number>>();
  for (const { one, other } of ordered) {
    setOf(linked, one).add(other);
    setOf(linked, other).add(one);
  }
  const belongTogether = (one: number[], other: number[]): boolean => {
    let [inWindow, near] = [0, 0];
    for (const a of one) {
      for (const b of other) {
        if (linked.get(a)?.has(b)) near++;
        if (areInOneWindow(nodes[a]?.time ?? null, nodes[b]?.time ?? null)) inWindow++;
      }
    }
    return near >= inWindow * LEAST_LINKED;
  };

  const groups = new Map<number, number[]>();
  const parted = new Map<number[], Set<number[]>>();
  for (const { one, other } of ordered) {
    const [left, right] = [groups.get(one) ?? [one], groups.get(other) ?? [other]];
    // Two groups that do not belong together do not until one of them has grown.
    if (left === right || parted.get(left)?.has(right)) continue;
    await turns.rest();
    if (!belongTogether(left, right)) {
      parted.set(left, (parted.get(left) ?? new Set()).add(right));
      parted.set(right, (parted.get(right) ?? new Set()).add(left));
      continue;
    }
    const joined = [...left, ...right];
    for (const place of joined) groups.set(place, joined);
  }
  const sums = new Map<number, number>();
  for (const { one, other, cosine } of ordered) {
    if (groups.get(one) === undefined || groups.get(one) !== groups.get(other)) continue;
    for (const place of [one, other]) sums.set(place, (sums.get(place) ?? 0) + cosine);
  }
  const centralFirst = (a: number, b: number): number =>
    (sums.get(b) ?? 0) - (sums.get(a) ?? 0) || compare(nodes[a]?.id ?? '', nodes[b]?.id ?? '');
  return [...new Set(groups.values())].map((group) => group.sort(centralFirst));
}

/** Nearest first, ties by the ids at the ends. */
function inOrder(nodes: StoryNode[], links: StoryLink[]): StoryLink[] {
  const named = links.map((link) => {
    const [first = '', last = ''] = [nodes[link.one]?.id ?? '', nodes[link.other]?.id ?? ''].sort(compare);
    return { link, first, last };
  });
  return named
    .sort((a, b) => b.link.cosine - a.link.cosine || compare(a.first, b.first) || compare(a.last, b.last))
    .map(({ link }) => link);
}

function setOf(sets: Map<number, Set<number>>, place: number): Set<number> {
  const set = sets.get(place) ?? new Set();
  sets.set(place, set);
  return set;
}

/** By code units, so that the order is the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
