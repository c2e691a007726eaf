/** Which ideas stand together in a sentence, and what that weighs: one is enough to mark a text. */

import {
  blindly,
  checked,
  drop,
  type Idea,
  kindly,
  money,
  must,
  owner,
  pay,
  prior,
  rules,
  urgent,
} from "./concepts.ts";
import {
  authority,
  claims,
  conceal,
  give,
  jailbreak,
  machine,
  newRole,
  secret,
  spokenTo,
  verdict,
} from "./subjects.ts";

export const reasons = [
  "override",
  "payment",
  "authority",
  "exfiltration",
  "role_markup",
  "tool_call",
  "jailbreak",
  "addresses_model",
  "concealment",
  "encoded",
  "wording",
] as const;
export type Reason = (typeof reasons)[number];

/** What was found in one sentence: which ideas, and how much they weigh together. */
export type Weights = Partial<Record<Reason, number>>;

const ideas = {
  blindly,
  drop,
  money,
  must,
  pay,
  prior,
  rules,
  urgent,
  authority,
  claims,
  conceal,
  give,
} as const;
const others = { checked, kindly, owner, jailbreak, machine, newRole, secret, spokenTo, verdict } as const;
export type IdeaName = keyof typeof ideas | keyof typeof others;
const all = Object.entries({ ...ideas, ...others }) as [IdeaName, Idea][];

const ideasIn = (sentence: string): Set<IdeaName> =>
  new Set(all.filter(([, pattern]) => pattern(sentence)).map(([name]) => name));

/** Rules of which ideas together mean what. Together with others of the text they count up to one. */
const together: [Reason, number, IdeaName[]][] = [
  ["override", 1, ["drop", "rules", "prior"]],
  ["override", 0.7, ["drop", "rules"]],
  ["override", 0.9, ["newRole"]],
  ["override", 0.4, ["newRole", "rules"]],
  ["payment", 1, ["pay", "blindly"]],
  ["override", 0.7, ["rules", "owner", "drop"]],
  ["override", 0.5, ["drop", "owner"]],
  ["payment", 0.7, ["pay", "owner"]],
  ["payment", 0.7, ["pay", "checked"]],
  ["payment", 0.2, ["pay", "money"]],
  ["payment", -0.7, ["pay", "kindly"]],
  ["exfiltration", 0.8, ["secret", "owner"]],
  ["concealment", 0.4, ["owner", "verdict"]],
  ["exfiltration", 0.4, ["owner", "give"]],
  ["override", 0.4, ["newRole", "pay"]],
  ["payment", 0.6, ["pay", "urgent"]],
  ["payment", 0.4, ["pay", "urgent", "money"]],
  ["payment", 0.4, ["pay", "must"]],
  ["authority", 0.7, ["authority", "pay"]],
  ["authority", 0.4, ["authority", "must"]],
  ["authority", 0.3, ["authority", "claims"]],
  ["exfiltration", 1, ["secret", "give"]],
  ["addresses_model", 0.7, ["spokenTo"]],
  ["addresses_model", 0.5, ["spokenTo", "pay"]],
  ["addresses_model", 0.5, ["spokenTo", "verdict"]],
  ["addresses_model", 0.4, ["spokenTo", "must"]],
  ["addresses_model", 0.4, ["spokenTo", "blindly"]],
  ["addresses_model", 0.5, ["machine", "pay"]],
  ["addresses_model", 0.5, ["machine", "verdict"]],
  ["addresses_model", 0.3, ["machine", "must"]],
  ["concealment", 1, ["conceal"]],
  ["jailbreak", 1, ["jailbreak"]],
];
/** Who speaks, and to whom, holds for the sentences beside it too. */
const LASTING: readonly IdeaName[] = ["authority", "claims", "spokenTo", "jailbreak", "conceal"];
const summed = (found: Set<IdeaName>, into: Weights) => {
  for (const [reason, weight, needed] of together) {
    if (needed.every((name) => found.has(name))) into[reason] = Math.max(into[reason] ?? 0, 0) + weight;
  }
};

const SENTENCE = /(?<=[.!?。！？।\n;])\s*/u;
const MOST_SENTENCES = 200;

/** The ideas of each sentence of a reading: of very many, of the first and the last ones. */
export function ideaSets(text: string): Set<IdeaName>[] {
  const all = text.split(SENTENCE).filter(Boolean);
  const read =
    all.length > MOST_SENTENCES
      ? [...all.slice(0, MOST_SENTENCES / 2), ...all.slice(-MOST_SENTENCES / 2)]
      : all;
  return withNeighbours(read.map(ideasIn));
}

function withNeighbours(sentences: Set<IdeaName>[]): Set<IdeaName>[] {
  const lasting = sentences.map((found) => LASTING.filter((name) => found.has(name)));
  return sentences.map(
    (found, i) => new Set([...found, ...(lasting[i - 1] ?? []), ...(lasting[i + 1] ?? [])]),
  );
}

export function weigh(sentences: Set<IdeaName>[]): Weights {
  const total: Weights = {};
  for (const found of sentences) {
    const weights: Weights = {};
    summed(found, weights);
    for (const [reason, weight] of Object.entries(weights) as [Reason, number][]) {
      if (weight > 0) total[reason] = Math.max(total[reason] ?? 0, weight);
    }
  }
  return total;
}

// A text that reports another one is judged without what it quotes, unless it goes on to speak to a machine.
const REPORTS =
  /\b(translat|subtitle|transcri|label|dataset|example|phrase|payload|sentence|line \d|slide|poster|sign |said|says|told|asks?|report|lesson|book|page|mail|wrote|quote|test(ed)?|text|caption|recording|letter|traduc|ubersetz|perevod|перевод|tlumacz|ceviri|cartel|schild|panneau)|翻译|翻訳|번역|ترجم|अनुवाद|写着|と書/u;
const QUOTED = /"[^"\n]{3,400}"/g;
export function unquoted(text: string): string {
  if (!REPORTS.test(text)) return text;
  const rest = text.replace(QUOTED, '""');
  const ideas = new Set(ideaSets(rest).flatMap((found) => [...found]));
  return ideas.has("spokenTo") || ideas.has("newRole") || ideas.has("pay") ? text : rest;
}
