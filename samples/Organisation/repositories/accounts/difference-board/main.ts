type Difference = { id: string; amount: number; ageInDays: number; owner?: string };

/** The oldest first; among equals those nobody has taken. */
export function inOrder(differences: Difference[]): Difference[] {
  return [...differences].sort(
    (a, b) => b.ageInDays - a.ageInDays || Number(a.owner !== undefined) - Number(b.owner !== undefined));
}
