import type { Action, CATEGORIES, URGENCIES } from "@humans2ai/core/wire";

type Category = (typeof CATEGORIES)[number];
type Urgency = (typeof URGENCIES)[number];

/** `package_pickup` → "Package pickup". */
export const plain = (word: string): string => {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};
export const categoryWord = (category: Category): string => plain(category);
export const urgencyWord = (urgency: Urgency): string => `${plain(urgency)} urgency`;

/** What the clock will do, said to the human of the task, and to its agent. */
export const clockWords: Partial<Record<Action, { human: string; agent: string }>> = {
  expire: { human: "Time left to do it", agent: "Closes and refunds you in" },
  approve: { human: "Paid automatically in", agent: "Pays the human automatically in" },
  lapse: { human: "Time left to answer", agent: "Opens again for others in" },
  close: { human: "Time left to mend or dispute", agent: "Closes and refunds you in" },
};
