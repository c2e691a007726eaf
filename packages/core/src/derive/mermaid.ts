import { actions, lifecycle } from "../lifecycle.ts";
import { statuses, statusNames } from "../statuses.ts";

/** The lifecycle as a Mermaid state diagram, drawn from its table. */
export function mermaid(): string {
  const lines = actions.flatMap((action) => {
    const { from, to, by } = lifecycle[action];
    return from.map((f) => `  ${f === "new" ? "[*]" : f} --> ${to}: ${action} (${by.join(", ")})`);
  });
  const ends = statusNames.filter((s) => statuses[s].escrow !== "held").map((s) => `  ${s} --> [*]`);
  return ["stateDiagram-v2", ...lines, ...ends].join("\n");
}
