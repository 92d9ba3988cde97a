import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areInOneWindow,
  clusterStories,
  STORY_WINDOW_MS,
  type StoryLink,
  type StoryNode,
} from '../../src/stories/cluster.js';
import { NearestList } from '../../src/stories/nearest-list.js';
import type { Story } from '../../src/stories/story.js';
import { pageOfStories } from '../../src/stories/story-page.js';

const graphs = fc.integer({ min: 2, max: 24 }).chain((size) =>
  fc.record({
    nodes: fc
      .array(fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }), { minLength: size, maxLength: size })
      .map((days) =>
        days.map(
          (day, place): StoryNode => ({ id: `d${place}`, time: day === null ? null : day * 86_400_000 * 9 }),
        ),
      ),
    links: fc.uniqueArray(
      fc.record({
        one: fc.integer({ min: 0, max: size - 1 }),
        other: fc.integer({ min: 0, max: size - 1 }),
        // Few values, so that many are the same.
        cosine: fc.constantFrom(0.72, 0.8, 0.9),
      }),
      { maxLength: 80, selector: ({ one, other }) => `${Math.min(one, other)}/${Math.max(one, other)}` },
    ),
    order: fc.shuffledSubarray(
      Array.from({ length: size }, (_, place) => place),
      { minLength: size, maxLength: size },
    ),
  }),
);

/** Groups by the ids of their members, the most central first. */
async function named(nodes: StoryNode[], links: StoryLink[]): Promise<string[]> {
  return (await clusterStories(nodes, links))
    .map((group) => group.map((place) => nodes[place]?.id).join(' '))
    .sort();
}

describe('stories', () => {
  it('are the same in whatever order documents and links come', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ nodes, links, order }) => {
        const real = links.filter(({ one, other }) => one !== other);
        const placeOf = new Map(order.map((old, place) => [old, place]));
        const moved = order.flatMap((old) => nodes[old] ?? []);
        const turned = [...real].reverse().map(({ one, other, cosine }) => ({
          one: placeOf.get(other) ?? 0,
          other: placeOf.get(one) ?? 0,
          cosine,
        }));
        expect(await named(moved, turned)).toEqual(await named(nodes, real));
      }),
    );
  });

  it('have two documents and more, each of one story, and none that is linked to no other', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ nodes, links }) => {
        const real = links.filter(({ one, other }) => one !== other);
        const members = (await clusterStories(nodes, real)).flatMap((group) => {
          expect(group.length).toBeGreaterThan(1);
          return group;
        });
        expect(new Set(members).size).toBe(members.length);
        for (const place of members)
          expect(real.some(({ one, other }) => one === place || other === place)).toBe(true);
      }),
    );
  });

  const nodes = (times: (number | null)[]): StoryNode[] =>
    times.map((time, place) => ({ id: `d${place}`, time: time === null ? null : time * STORY_WINDOW_MS }));
  const link = (one: number, other: number, cosine = 0.8): StoryLink => ({ one, other, cosine });

  it('are not joined by one chance likeness', async () => {
    const links = [link(0, 1, 0.9), link(2, 3, 0.9), link(1, 2)];
    expect(await named(nodes([0, 0, 0, 0]), links)).toEqual(['d0 d1', 'd2 d3']);
  });

  it('go on for longer than the window where each part follows on the last', async () => {
    const links = [link(0, 1), link(1, 2), link(2, 3)];
    expect(await clusterStories(nodes([0, 0.9, 1.8, 2.7]), links)).toHaveLength(1);
  });

  it.each([
    // Of the two pairs between {0, 1} and {2} one is linked: half of them.
    {
      pairs: [
        [0, 1],
        [1, 2],
      ],
      times: [0, 0, 0],
      stories: ['d0 d1 d2'],
    },
    // One of three is not half.
    {
      pairs: [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 3],
      ],
      times: [0, 0, 0, 0],
      stories: ['d0 d1 d2'],
    },
    // One of two: the third, 0 and 3, is not in one window.
    {
      pairs: [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 3],
      ],
      times: [0, 0.5, 0.5, 1.25],
      stories: ['d0 d1 d2 d3'],
    },
    // Two of the four pairs between {0, 1} and {2, 3}.
    {
      pairs: [
        [0, 1],
        [2, 3],
        [1, 2],
        [0, 3],
      ],
      times: [0, 0, 0, 0],
      stories: ['d0 d1 d2 d3'],
    },
  ])('are joined where half of the pairs in one window are linked: $stories', async (example) => {
    const { pairs, times, stories } = example;
    // The first links are the nearest.
    const links = pairs.map(([one = 0, other = 0], place) => link(one, other, 0.9 - place / 100));
    const groups = await clusterStories(nodes(times), links);
    expect(
      groups.map((group) =>
        group
          .toSorted()
          .map((place) => `d${place}`)
          .join(' '),
      ),
    ).toEqual(stories);
  });

  it('begin with the document that is nearest to all the others', async () => {
    const links = [link(0, 1, 0.9), link(1, 2, 0.85), link(0, 2, 0.75)];
    expect(await clusterStories(nodes([0, 0, null]), links)).toEqual([[1, 0, 2]]);
  });
});

describe('a window', () => {
  it('is of 21 days, and holds what has no date', () => {
    const day = 24 * 60 * 60 * 1_000;
    expect(areInOneWindow(0, 21 * day)).toBe(true);
    expect(areInOneWindow(21 * day, 0)).toBe(true);
    expect(areInOneWindow(0, 21 * day + 1)).toBe(false);
    expect(areInOneWindow(21 * day + 1, 0)).toBe(false);
    expect(areInOneWindow(null, 99 * day)).toBe(true);
    expect(areInOneWindow(99 * day, null)).toBe(true);
  });
});

describe('a list of the nearest', () => {
  it('holds the same ones in whatever order they came', () => {
    const entry = fc.record({ key: fc.nat(), cosine: fc.constantFrom(0.72, 0.8, 0.9) });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { maxLength: 300, selector: ({ key }) => key }), (entries) => {
        const keysOf = (values: typeof entries): number[] => {
          const list = new NearestList();
          for (const value of values) list.add({ ...value, id: String(value.key) });
          return list
            .values()
            .map(({ key }) => key)
            .sort((a, b) => a - b);
        };
        expect(keysOf([...entries].reverse())).toEqual(keysOf(entries));
      }),
      { numRuns: 50 },
    );
  });

  it('says when what was left out may have to come in', () => {
    const list = new NearestList();
    list.add({ key: 1, id: 'a', cosine: 0.9 });
    expect(list.remove(new Set([1]))).toBe(true);
    for (let key = 0; key < 300; key++) list.add({ key, id: String(key), cosine: 1 - key / 1_000 });
    expect(list.values()).toHaveLength(64);
    expect(list.remove(new Set([299]))).toBe(true);
    expect(list.remove(new Set([3]))).toBe(false);
  });
});

describe('a page of stories', () => {
  const story = (id: string, firstAt: string | null, lastAt: string | null): Story => ({
    id,
    title: id,
    firstAt,
    lastAt,
    documents: [],
  });
  const stories = [
    story('c', '2025-07-01', '2025-07-20'),
    story('b', '2025-06-01', '2025-06-05'),
    story('a', null, null),
  ];

  it('goes on where the last one ended', () => {
    const first = pageOfStories(stories, { limit: 2 });
    expect(first.stories.map(({ id }) => id)).toEqual(['c', 'b']);
    const second = pageOfStories(stories, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toEqual({ stories: [stories[2]], nextCursor: null });
    expect(() => pageOfStories(stories, { limit: 2, cursor: 'gone' })).toThrow(/nextCursor/);
  });

  it('holds those that went on between two dates', () => {
    const ids = (dates: { from?: string; to?: string }): string[] =>
      pageOfStories(stories, { limit: 9, ...dates }).stories.map(({ id }) => id);
    expect(ids({ from: '2025-06-05' })).toEqual(['c', 'b']);
    expect(ids({ from: '2025-06-06' })).toEqual(['c']);
    expect(ids({ to: '2025-06-30' })).toEqual(['b']);
  });
});
