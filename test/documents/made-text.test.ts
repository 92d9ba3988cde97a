import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { made, splitMade } from './made-text.js';

describe('the generated texts', () => {
  it('hold words that are cut, paragraphs that are parted, headings, and rests that are joined and that are not', () => {
    let [cut, parted, underHeading, joined, notJoined] = [0, 0, 0, 0, 0];
    for (const each of fc.sample(made, { numRuns: 300, seed: 7 })) {
      const { passages, own } = splitMade(each);
      const rest = passages.at(-1);
      if (passages.some(({ end }) => /\S/.test(each.whole.charAt(end)))) cut++;
      if (passages.some(({ end }) => /[^\S\n]/.test(each.whole.charAt(end)))) parted++;
      if (passages.some(({ heading }) => heading !== null)) underHeading++;
      // Nothing but a rest makes a passage that is above the target.
      if (rest && rest.tokens > own.target) joined++;
      else if (rest && passages.length > 1 && rest.tokens < 24) notJoined++;
    }
    expect(cut).toBeGreaterThan(50);
    expect(parted).toBeGreaterThan(50);
    expect(underHeading).toBeGreaterThan(100);
    expect(joined).toBeGreaterThan(20);
    expect(notJoined).toBeGreaterThan(50);
  });
});
