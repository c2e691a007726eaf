export const reasons = ["override"] as const;
export type Reason = (typeof reasons)[number];
export const looksLikeInstruction = (text: string): Reason[] =>
  /ignore (all )?previous instructions/i.test(text) ? ["override"] : [];
