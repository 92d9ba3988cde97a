/**
 * Groups texts of like length, longest first, so that little is padding and no batch is above the budget.
 *
 * @param tokens the tokens of each text
 * @param budget the most that `longest × count` of a batch may be; a longer text is a batch of its own
 * @returns indices into `tokens`, each once
 */
export function planBatches(tokens: number[], budget: number): number[][] {
  const order = tokens.map((_, index) => index).sort((a, b) => (tokens[b] ?? 0) - (tokens[a] ?? 0));
  const batches: number[][] = [];
  let batch: number[] = [];
  let longest = 0;
  for (const index of order) {
    if (batch.length > 0 && longest * (batch.length + 1) > budget) {
      batches.push(batch);
      batch = [];
    }
    if (batch.length === 0) longest = Math.max(1, tokens[index] ?? 0);
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
