import { expect, it } from 'vitest';
import { staleReads } from '../../scripts/torture/registers.js';

const at = (value: number | null, asked: number, answered: number) => ({
  document: 'd',
  value,
  asked,
  answered,
});

it.each([
  ['the last write', [at(1, 0, 1)], at(1, 2, 3), 0],
  ['one of two that were under way together', [at(1, 0, 5), at(2, 1, 4)], at(1, 6, 7), 0],
  ['one that is still under way', [at(1, 0, 1), at(2, 2, Number.POSITIVE_INFINITY)], at(2, 3, 4), 0],
  ['the old one while another is under way', [at(1, 0, 1), at(2, 2, 9)], at(1, 3, 4), 0],
  ['nothing before anything was written', [at(1, 5, 6)], at(null, 1, 2), 0],
  ['what was overwritten', [at(1, 0, 1), at(2, 2, 3)], at(1, 4, 5), 1],
  ['nothing after a write', [at(1, 0, 1)], at(null, 2, 3), 1],
  ['what is written later', [at(1, 5, 6)], at(1, 1, 2), 1],
  ['what nobody wrote', [at(1, 0, 1)], at(7, 2, 3), 1],
])('a read of %s', (_what, writes, read, wrong) => {
  expect(staleReads(writes, [read])).toHaveLength(wrong);
});
