/** The gate on what people and agents write to each other: local, and only where there is no doubt. */

import { Refusal } from "../errors.ts";
import { assessSpeech } from "./assess.ts";
import { categories } from "./categories.ts";
import type { Category } from "./model.ts";

const advice: Partial<Record<Category, string>> = {
  violence_weapons: "take out the threat.",
  sexual_services: "take out what is sexual.",
  account_fraud: "nobody here may ask for a password, a code or a login.",
  harassment: "take out the insult.",
  money_mule: "pay and be paid through the escrow only.",
};

/** Refuses texts that threaten, insult, proposition, phish or lead payment past the escrow. */
export function vetSpeech(...texts: string[]): void {
  for (const text of texts) {
    const category = assessSpeech(text);
    if (!category) continue;
    throw new Refusal("RISK_GATE_BLOCKED", {
      subject: "text",
      category: categories[category].name,
      advice: advice[category] ?? categories[category].advice,
    });
  }
}
