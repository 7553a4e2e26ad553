/** Perks of a plan and how to use them. */
export const router = t.router({
  /** What comes with a plan */
  list: t.procedure.input(PerksInput).query(({ input }) => handlers.list(input)),
  /** Uses one */
  redeem: t.procedure.input(PerksInput).mutation(({ input }) => handlers.redeem(input)),
});

const PerksInput = z.object({
  plan: z.string(),
  perk: z.string(),
  code: z.string(),
});
