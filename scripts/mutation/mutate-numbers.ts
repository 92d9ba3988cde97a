/** As Babel has them. */
interface Path {
  node: object;
  parent: { type: string };
  isNumericLiteral(): boolean;
}

interface Mutator {
  name: string;
  mutate(path: Path): Iterable<object>;
}

const FRACTIONS = [0, 0.5, 1.25];

/**
 * Has Stryker mutate numbers too: it changes operators, conditions and calls, but no numbers, and here weights and
 * thresholds decide most.
 *
 * Stryker has no plugin point for mutators. This adds one to its list of them, which is why its version is pinned.
 */
export async function mutateNumbers(): Promise<void> {
  const instrumenter = import.meta.resolve('@stryker-mutator/instrumenter');
  const { allMutators } = (await import(new URL('mutators/mutate.js', instrumenter).href)) as {
    allMutators: Mutator[];
  };
  allMutators.push({
    name: 'NumericLiteral',
    *mutate(path) {
      // A type has no value to change.
      if (!path.isNumericLiteral() || path.parent.type === 'TSLiteralType') return;
      const { value } = path.node as { value: number };
      for (const other of numbersInsteadOf(value)) yield { type: 'NumericLiteral', value: other };
    },
  });
}

/** The numbers that one is replaced by: its neighbours, or of a fraction some parts; and nothing. */
function numbersInsteadOf(value: number): number[] {
  if (value === 0) return [1];
  const others = Number.isInteger(value)
    ? [0, value - 1, value + 1]
    : FRACTIONS.map((part) => Number((value * part).toPrecision(6)));
  return [...new Set(others)];
}
