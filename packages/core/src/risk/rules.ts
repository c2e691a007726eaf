/** What certain concepts mean when they meet: a deed, what it is done to, and no context that makes it harmless. */

import { CALM } from "./features.ts";
import { conceptOf, type Hit, hitsBetween } from "./lexicon.ts";
import type { Category } from "./model.ts";

export interface Rule {
  category: Category;
  /** How sure: `block` is enough alone, `review` asks for a person's eye. */
  level: "block" | "review";
  /** One concept of each group must meet. */
  groups: number[][];
  name: string;
}

const rule = (category: Category, level: Rule["level"], meeting: string): Rule => ({
  category,
  level,
  groups: meeting.split(" + ").map((group) => group.split("|").map(conceptOf)),
  name: meeting,
});

const TRADE = "buy|sell|deliver|pickup|find|make";
const RULES: Rule[] = [
  rule("illegal_goods", "block", `drug + ${TRADE}`),
  rule("illegal_goods", "block", "rx|softdrug|medicine + noscript"),
  rule("illegal_goods", "block", `money_fake + ${TRADE}`),
  rule("illegal_goods", "review", "drug"),
  rule("illegal_goods", "review", `rx|softdrug + ${TRADE}`),
  rule("illegal_goods", "review", "contraband"),
  rule("illegal_goods", "review", "stolen + buy|sell|deliver|pickup|package"),
  rule("illegal_goods", "review", "fake + sell"),
  rule("violence_weapons", "block", `weapon|explosive + ${TRADE} + without_licence`),
  rule("violence_weapons", "block", "attack|kill + person"),
  rule("violence_weapons", "block", "explosive + make"),
  rule("violence_weapons", "block", "weapon + buy"),
  rule("violence_weapons", "review", `weapon|explosive + ${TRADE}|without_licence`),
  rule("violence_weapons", "review", "threaten|damage|poison + person"),
  rule("violence_weapons", "review", "yourthreat"),
  rule("sexual_services", "block", "minor + sex|erotic"),
  rule("sexual_services", "block", "sex + massage|money|buy|secret"),
  rule("sexual_services", "review", "sex"),
  rule("sexual_services", "review", "erotic + buy|sell|find|photo|massage|deliver"),
  rule("sexual_services", "review", "comeon"),
  rule("account_fraud", "block", "giveme + password|smscode"),
  rule("account_fraud", "block", "hack + account|social|person|bank|password"),
  rule("account_fraud", "block", "pretend + bank + smscode|password|money"),
  rule("account_fraud", "review", "password|smscode + person|social|bank|pretend"),
  rule("account_fraud", "review", "buy|sell|rent + account + password|social|banned|verify"),
  rule("fake_reviews", "block", "positive + review + unused|invent|fake"),
  rule("fake_reviews", "block", "fake|invent + review"),
  rule("fake_reviews", "block", "positive + review"),
  rule("fake_reviews", "block", "buy + engage"),
  rule("fake_reviews", "review", "engage + account|register|bulk|fake"),
  rule("identity_misuse", "block", "forge|fake + iddoc"),
  rule("identity_misuse", "review", "forge|fake + papers"),
  rule("identity_misuse", "review", "exam + pretend|iddoc"),
  rule("identity_misuse", "review", "iddoc + buy|sell|rent|selfie"),
  rule("harassment", "review", "insult|flood + person"),
  rule("harassment", "review", "insult + flood|publish|social"),
  rule("doxxing", "block", "bug|spy + secret + person"),
  rule("doxxing", "review", "bug|spy + person|secret"),
  rule("doxxing", "review", "find|publish + homeaddr + person"),
  rule("verification_evasion", "block", "captcha + solve|bypass"),
  rule("verification_evasion", "block", "smscode + receive|forward + account|register|simcard"),
  rule("verification_evasion", "review", "rent|buy|sell + account + verify"),
  rule("verification_evasion", "review", "kyc|verify + account + deliver|rent|banned|bypass"),
  rule("money_mule", "block", "receive + money|bank + forward|crypto + cut"),
  rule("money_mule", "block", "package + reship + receive|pickup"),
  rule("money_mule", "block", "giftcard + offplatform"),
  rule("money_mule", "review", "launder"),
  rule("money_mule", "review", "bank + register + deliver|giveme|sell"),
  rule("money_mule", "review", "withdraw + cut + money|bank"),
];

/** Words that lie further apart than this do not speak of one thing. */
const REACH = 24;

/** Whether one hit of each group lies within reach of the others; calm words near them speak for the text. */
function meets({ groups, level }: Rule, hits: Hit[], calmAt: Hit[], reach = REACH): boolean {
  const [first = [], ...others] = groups;
  if (level === "review" && calmAt.length > 0) return false;
  const calm = new Set(calmAt.map((h) => h.sentence));
  return hits.some((start) => {
    if (!first.includes(start.concept)) return false;
    const near = hitsBetween(hits, start.at - reach, start.at + reach + 1);
    const found = others.map((group) => near.find((h) => group.includes(h.concept)));
    return found.every((h) => h && !calm.has(h.sentence)) && !calm.has(start.sentence);
  });
}

const OWN = conceptOf("own");
/** Where it matters that the site, account or document is the author's; reviews of one's own shop are no better. */
const CALMED_BY_OWN = new Set<Category>([
  "account_fraud",
  "identity_misuse",
  "doxxing",
  "verification_evasion",
]);

/** The rules that a text breaks, the surest first. */
export function broken(hits: Hit[]): Rule[] {
  const calmAt = hits.filter((h) => CALM.has(h.concept));
  const strangers = calmAt.filter((h) => h.concept !== OWN);
  const found = RULES.filter((r) => meets(r, hits, CALMED_BY_OWN.has(r.category) ? calmAt : strangers));
  return found.sort((a, b) => Number(b.level === "block") - Number(a.level === "block"));
}

const SPEECH: Rule[] = [
  rule("violence_weapons", "block", "yourthreat"),
  rule("sexual_services", "block", "comeon"),
  rule("account_fraud", "block", "giveme + password|smscode"),
  rule("harassment", "block", "slur"),
  rule("money_mule", "block", "offplatform + giftcard|crypto|money"),
];

const NEGATED = conceptOf("negated");
/** Where a "never" beside it turns the meaning round. */
const NEGATABLE: Category[] = ["account_fraud", "money_mule"];
const SPEECH_REACH = 10;

/** What nobody may say to another here, whatever the task. */
export function brokenInSpeech(hits: Hit[]): Rule | undefined {
  const negated = hits.filter((h) => h.concept === NEGATED);
  return SPEECH.find((r) => meets(r, hits, NEGATABLE.includes(r.category) ? negated : [], SPEECH_REACH));
}

const STEER = conceptOf("inject");
/** The text talks to the one who checks it. */
export const steers = (hits: Hit[]): boolean => hits.some((h) => h.concept === STEER);
