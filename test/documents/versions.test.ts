import { describe, expect, it } from 'vitest';
import { shinglesOf } from '../../src/documents/shingles.js';
import { areAboutTheSame, areVersions } from '../../src/documents/versions.js';

const story = `Ransomware halted the harbour on Monday. Twenty-seven ships lay at anchor while clerks wrote manifests by
  hand. The port authority said that no ransom would be paid, and that the cranes would turn again within days. On the
  quays, drivers slept in their cabs. A spokeswoman called it the longest queue since the strike of 1974.`;

const alike = (one: string, other: string): boolean => areVersions(shinglesOf(one), shinglesOf(other));

describe('versions', () => {
  it('are a story and its rewrite, its beginning, and the whole of it with a lead', () => {
    expect(alike(story, story.replace('clerks', 'staff').replace('slept', 'waited'))).toBe(true);
    expect(alike(story, story.slice(0, story.length / 2))).toBe(true);
    expect(alike(story, `Hackers struck again this week, the second time in a year. ${story}`)).toBe(true);
  });

  it('are not two stories of one subject, nor a brief and the digest that it stands in', () => {
    const other = 'The harbour opened again on Friday. Ships that lay at anchor were unloaded within days.';
    expect(alike(story, other)).toBe(false);
    const digest = Array.from({ length: 9 }, (_, i) => story.replace(/\w+/g, (word) => `${word}${i}`));
    expect(alike(story, [story, ...digest].join(' '))).toBe(false);
  });
});

describe('areVersions', () => {
  /** Shingles of which two texts share some. */
  const pair = (few: number, many: number, shared: number): [Set<string>, Set<string>] => {
    const own = (text: string, count: number): string[] =>
      Array.from({ length: count }, (_, i) => `${text} ${i}`);
    const both = own('both', shared);
    return [
      new Set([...both, ...own('one', few - shared)]),
      new Set([...both, ...own('other', many - shared)]),
    ];
  };

  it.each([
    // Of 10 shingles 6 are among 11 others: 6/10 of the shorter, and 6/(10 + 11 - 6) = 0.4 of all.
    { few: 10, many: 11, shared: 6, are: true },
    // 6/16 = 0.375 of all is too little for what has not 0.85 of the shorter.
    { few: 10, many: 12, shared: 6, are: false },
    // 59/141 = 0.42 of all, but 0.59 of the shorter.
    { few: 100, many: 100, shared: 59, are: false },
    { few: 100, many: 100, shared: 60, are: true },
    // What is only cut: 17/20 = 0.85 of the shorter, and 17/(20 + 65 - 17) = 0.25 of all.
    { few: 20, many: 65, shared: 17, are: true },
    // 17/69 = 0.246 of all: a brief within a digest.
    { few: 20, many: 66, shared: 17, are: false },
    // 16/20 = 0.8 of the shorter, and 16/44 = 0.36 of all: between the two rules.
    { few: 20, many: 40, shared: 16, are: false },
    { few: 10, many: 30, shared: 10, are: true },
    { few: 10, many: 50, shared: 10, are: false },
    { few: 5, many: 5, shared: 5, are: true },
    { few: 5, many: 5, shared: 0, are: false },
  ])('of $few and $many shingles with $shared in both: $are', ({ few, many, shared, are }) => {
    const [one, other] = pair(few, many, shared);
    expect(areVersions(one, other)).toBe(are);
    expect(areVersions(other, one)).toBe(are);
  });
});

describe('areAboutTheSame', () => {
  it.each([
    [1, true],
    [0.72, true],
    [0.71, true],
    [0.7099, false],
    [0.5, false],
    [-1, false],
  ])('is, with a cosine of %d, %s', (cosine, is) => {
    expect(areAboutTheSame(cosine)).toBe(is);
  });
});
