/** The risk gate: rules and the local scorer first, then, where one is set up, a model. */

import type { RiskGate, RiskVerdict } from "../context.ts";
import { type Assessment, assess } from "./assess.ts";
import { categories } from "./categories.ts";
import type { Category } from "./model.ts";
import type { SemanticAnswer, SemanticCheck } from "./semantic.ts";

/** While the model that was set up cannot be asked, the scorer's smaller doubts count as well. */
export const REVIEW_WITHOUT_MODEL_AT = 0.6;

/** Rules and scorer alone, without any network. */
export const localGate: RiskGate = async (task) => say(judge(task, textOf(task)), null);

export function gateWith(check: SemanticCheck): RiskGate {
  return async (task) => {
    const text = textOf(task);
    const local = judge(task, text);
    if (local.verdict === "blocked") return say(local, null);
    const answer = await check(text);
    if (answer) return say(local, answer);
    const doubt =
      local.verdict === "clean" && local.score >= REVIEW_WITHOUT_MODEL_AT && !isGroundless(task, local);
    return say({ ...local, verdict: doubt ? "unsure" : local.verdict }, "down");
  };
}

/** The scorer knows tasks. Of a short question it is often sure for no reason: there it needs one concept that it can name. */
const isGroundless = (task: Parameters<RiskGate>[0], { rule, steers, signals }: Assessment) =>
  task.isQuestion === true && rule === null && !steers && signals.length === 0;

function judge(task: Parameters<RiskGate>[0], text: string): Assessment {
  const local = assess(text);
  return local.verdict === "unsure" && isGroundless(task, local) ? { ...local, verdict: "clean" } : local;
}

const textOf = (task: Parameters<RiskGate>[0]) =>
  [task.title, task.description, ...task.requirements, task.location ?? "", ...(task.skillsRequired ?? [])]
    .filter(Boolean)
    .join("\n");

/** A rule's doubt stays, whatever the model says; the scorer's alone can be lifted by a model that knows all. */
function verdictOf(local: Assessment, answer: SemanticAnswer | null): RiskVerdict["verdict"] {
  if (!answer || local.verdict === "blocked" || answer.verdict === "blocked") {
    return answer?.verdict === "blocked" ? "blocked" : local.verdict;
  }
  if (answer.verdict === "unsure") return "unsure";
  return answer.knowsAll && !local.rule && !local.steers ? "clean" : local.verdict;
}

function say(local: Assessment, answer: SemanticAnswer | "down" | null): RiskVerdict {
  const given = answer === "down" ? null : answer;
  const verdict = verdictOf(local, given);
  if (verdict === "clean") return { verdict };
  const category: Category = (!local.rule && given?.category) || local.category;
  const { name, advice } = categories[category];
  return { verdict, category: name, advice, reason: `${name} (${because(local, answer)})` };
}

/** For the admin: what spoke for it, shortly. */
function because(local: Assessment, answer: SemanticAnswer | "down" | null): string {
  const said = [`score ${local.score.toFixed(2)}`];
  if (local.rule) said.push(`rule: ${local.rule.name}`);
  if (local.steers) said.push("the text addresses the check");
  if (answer) said.push(answer === "down" ? "model not reached" : `model: ${answer.verdict}`);
  if (local.signals.length > 0) said.push(`signs: ${local.signals.slice(0, 12).join(", ")}`);
  return said.join("; ").replaceAll(/[()]/g, "").slice(0, 400);
}
