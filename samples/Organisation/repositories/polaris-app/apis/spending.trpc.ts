/** Categories and months of spending, typed end to end. */
export const router = t.router({
  /** A month by category */
  month: t.procedure.input(SpendingInput).query(({ input }) => handlers.month(input)),
  /** What renews itself */
  subscriptions: t.procedure.input(SpendingInput).query(({ input }) => handlers.subscriptions(input)),
  /** Corrects a category */
  recategorise: t.procedure.input(SpendingInput).mutation(({ input }) => handlers.recategorise(input)),
});

const SpendingInput = z.object({
  account: z.string(),
  month: z.string(),
  category: z.string(),
});
