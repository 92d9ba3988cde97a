import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/documents/shingles.js';
import { type VersionCandidate, versionsAmong } from '../../src/storage/find-versions.js';

const TEXT = 'Ransomware halted the harbour on Monday and twenty seven ships lay at anchor in the roads';
const source = { key: 1, text: TEXT, signature: signatureOf(TEXT), vectors: [Float32Array.of(1, 0)] };
/** One with a cosine to the text's mean. */
const candidate = (key: number, cosine: number, text = TEXT): VersionCandidate => ({
  key,
  text,
  mean: Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2)),
});

describe('versionsAmong', () => {
  it('finds those with the same words whose vectors confirm it, with a cosine of 0.71 and more', () => {
    const others = [candidate(2, 0.999), candidate(3, 0.7101), candidate(4, 0.7099), candidate(5, -1)];
    expect(versionsAmong(source, others)).toEqual([2, 3]);
  });

  it('finds none with other words, however near it is', () => {
    expect(
      versionsAmong(source, [candidate(2, 1, 'A ferry ran aground off the point in thick fog')]),
    ).toEqual([]);
  });

  it('finds none that has no vectors', () => {
    expect(versionsAmong(source, [{ key: 2, text: TEXT, mean: null }, candidate(3, 1)])).toEqual([3]);
  });

  it('goes by the mean of all passages', () => {
    // The mean of (1, 0) and (0, 1) has 0.7071 to either, and 1 to what lies between.
    const two = { ...source, vectors: [Float32Array.of(1, 0), Float32Array.of(0, 1)] };
    expect(versionsAmong(two, [candidate(2, 1), candidate(3, Math.SQRT1_2)])).toEqual([3]);
  });

  it('reads no candidate for a text without vectors', () => {
    function* candidates(): Generator<VersionCandidate> {
      yield candidate(2, 1);
      throw new Error('They were read.');
    }
    expect(versionsAmong({ ...source, vectors: [] }, candidates())).toEqual([]);
  });
});
