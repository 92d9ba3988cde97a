import { expect, it } from 'vitest';
import { groupBy } from '../src/group-by.js';

it('groups values by their keys, both in the order in which they come', () => {
  const groups = groupBy(['tern', 'swift', 'teal', 'heron', 'snipe'], ([letter]) => letter);
  expect([...groups]).toEqual([
    ['t', ['tern', 'teal']],
    ['s', ['swift', 'snipe']],
    ['h', ['heron']],
  ]);
});

it('takes time that grows with the number of values, not with its square', () => {
  const MANY = 300_000;
  const [group] = groupBy(
    Array.from({ length: MANY }, (_, value) => value),
    () => 'all',
  ).values();
  expect(group).toHaveLength(MANY);
});
