/** Checking an output against criteria: the form that people fill in, and what their answers come to. */

import { z } from "zod";
import { byRole, ours, written } from "../untrusted/mark.ts";
import { type Agreement, agreementOf } from "./agreement.ts";
import type { Answer, Field } from "./schema.ts";

export const VERDICTS = ["pass", "fail", "unsure"] as const;

/** The schema of a verdict; the criteria are fields c1, c2, … in their order. */
export function verdictSchema(criteria: readonly string[]): Record<string, unknown> {
  const each = criteria.map((title, i) => [`c${i + 1}`, { type: "boolean", title }] as const);
  const met = Object.fromEntries(each);
  return {
    type: "object",
    properties: {
      criteria: {
        type: "object",
        title: "Is each criterion met?",
        properties: met,
        required: Object.keys(met),
        additionalProperties: false,
      },
      verdict: { type: "string", enum: VERDICTS, title: "Does the output pass?" },
      score: { type: "integer", minimum: 0, maximum: 100, title: "How good is it, from 0 to 100?" },
      corrections: {
        type: "string",
        maxLength: 5000,
        title: "What is wrong, and how it should be",
        description: "Quote the place, then say what should stand there.",
      },
      citations: {
        type: "array",
        items: { type: "string", format: "uri" },
        maxItems: 10,
        title: "Sources",
        description: "Addresses of pages that show it.",
      },
    },
    required: ["criteria", "verdict", "score"],
    additionalProperties: false,
  };
}

export const verificationShape = z.object({
  verdict: z.enum(VERDICTS).nullable(),
  confidence: z.number(),
  score: z.number().nullable(),
  criteria: z.array(z.object({ criterion: ours(), met: z.boolean().nullable(), yes: z.int(), of: z.int() })),
  corrections: z.array(written(byRole("human"), 5000)),
  citations: z.array(written(byRole("human"), 2000)),
});
export type Verification = z.input<typeof verificationShape>;

interface Verdict {
  criteria: Record<string, boolean>;
  corrections?: string;
  citations?: string[];
}

/** What the verdicts of several people come to. */
export function verificationOf(form: Field, answers: readonly Answer[]): Verification {
  const agreed = new Map(agreementOf(form, answers).map((a) => [a.field, a]));
  const of = (field: string): Agreement | undefined => agreed.get(field);
  const verdicts = answers as unknown as readonly Verdict[];
  return {
    verdict: (of("verdict")?.majority ?? null) as Verification["verdict"],
    confidence: of("verdict")?.confidence ?? 0,
    score: of("score")?.median ?? null,
    criteria: criteriaOf(form).map(({ name, title }) => ({
      criterion: title,
      met: (of(`criteria.${name}`)?.majority ?? null) as boolean | null,
      yes: verdicts.filter((v) => v.criteria[name] === true).length,
      of: verdicts.length,
    })),
    corrections: verdicts.flatMap((v) => v.corrections || []),
    citations: [...new Set(verdicts.flatMap((v) => v.citations ?? []))],
  };
}

function criteriaOf(form: Field): { name: string; title: string }[] {
  const group = form.kind === "group" ? form.fields.find((f) => f.name === "criteria")?.field : undefined;
  return group?.kind === "group"
    ? group.fields.map(({ name, field }) => ({ name, title: field.title ?? name }))
    : [];
}
