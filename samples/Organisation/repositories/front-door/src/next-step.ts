import steps from '../steps.json';

export type Kind = keyof typeof steps;

/** Where somebody goes on who came back after a break. Answers to steps that no longer exist are ignored. */
export function nextStep(kind: Kind, answered: ReadonlySet<string>): string | undefined {
  return steps[kind].find((step) => !answered.has(step));
}
