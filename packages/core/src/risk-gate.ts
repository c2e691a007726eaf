/** The first line of the risk gate: words that no task of this marketplace may ask for. */

import { forModel } from "./codecs.ts";
import type { RiskGate } from "./context.ts";

const rules: { category: string; advice: string; words: RegExp }[] = [
  {
    category: "violence and weapons",
    advice: "this marketplace takes no task that involves weapons or hurting anyone.",
    words:
      /\b(kill (him|her|them|someone)|hitman|assassinate|pipe bomb|build a bomb|buy (a )?(gun|firearm)s?)\b/i,
  },
  {
    category: "illegal goods",
    advice: "remove anything about drugs or stolen goods.",
    words:
      /\b(cocaine|heroin|fentanyl|methamphetamine|stolen (cards?|goods|phones?)|counterfeit (money|goods))\b/i,
  },
  {
    category: "fake reviews and engagement",
    advice: "ask for an honest opinion instead of a review or vote with a given result.",
    words: /\b(fake|5[- ]star|five[- ]star|positive) reviews?\b|\bbuy (likes|followers|upvotes)\b/i,
  },
  {
    category: "credential or account fraud",
    advice: "never ask for somebody's password, code or account.",
    words:
      /\b(share|send|give) (me )?(your|their) (password|otp|one[- ]time code|bank login)\b|\brent your account\b/i,
  },
  {
    category: "evasion of verification",
    advice: "people here do not solve CAPTCHAs or pass identity checks for others.",
    words: /\b(solve|bypass) (a |the |these )?captchas?\b|\b(pass|complete) (the )?kyc (for|on behalf)\b/i,
  },
  {
    category: "surveillance of a person",
    advice: "people here do not follow, watch or find private persons.",
    words:
      /\b(stalk|spy on|secretly (follow|film|photograph|record))\b|\bfind (her|his|their) home address\b/i,
  },
];

/** Blocks what a rule names; everything else is clean. */
export const keywordGate: RiskGate = async ({ title, description, requirements }) => {
  const text = forModel([title, description, ...requirements].join("\n"));
  const hit = rules.find((rule) => rule.words.test(text));
  return hit ? { verdict: "blocked", category: hit.category, advice: hit.advice } : { verdict: "clean" };
};
