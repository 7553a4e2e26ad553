/** Which variant of an experiment somebody sees. */
export const router = t.router({
  /** Gives a variant and remembers it */
  assign: t.procedure.input(AssignmentsInput).query(({ input }) => handlers.assign(input)),
  /** Tells what came of it */
  outcome: t.procedure.input(AssignmentsInput).mutation(({ input }) => handlers.outcome(input)),
});

const AssignmentsInput = z.object({
  experiment: z.string(),
  subject: z.string(),
  variant: z.string(),
});
