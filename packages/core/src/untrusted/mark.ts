/** Says of a text in a tool's output who wrote it. What is not marked counts as written by somebody else. */

import { z } from "zod";
import type { Actor } from "../context.ts";

/** Whose words a text is; `self` is the one who reads it. */
export type Author = "self" | "human" | "agent" | "admin" | "clock" | "somebody";

/** The author of a text, told from the object that holds it and from who reads. */
export type ByWhom = (holder: Record<string, unknown>, reader: Reader) => Author;
type Reader = Pick<Actor, "role" | "userId">;

interface Mark {
  by: ByWhom;
  /** The longest form that a model is shown, in characters. */
  max: number;
  /** The keys of what is below are the reader's own. */
  ownKeys?: true;
}

const marks = z.registry<Mark>();
const generated = new WeakSet<z.ZodType>();

/** What an unmarked text may have at most, and what any mark allows. */
export const LONGEST = 10_000;

/** A text that somebody wrote. Mark it last: `describe` and its like make a new schema. */
export const written = (by: ByWhom, max: number, schema: z.ZodString = z.string()): z.ZodString =>
  schema.register(marks, { by, max });

/** A value of any form whose texts all have one author, and whose keys are the reader's own. */
export const writtenBy = <S extends z.ZodType>(by: ByWhom, max: number, schema: S): S => {
  marks.add(schema, { by, max, ownKeys: true });
  return schema;
};

/** A text that this product made (a sentence, a secret, a name of a thing) or that only ever returns to its author. */
export function ours(schema: z.ZodString = z.string()): z.ZodString {
  generated.add(schema);
  return schema;
}

/** A sentence of the product in a reply. */
export const sentence = ours();

/** Of the one human or agent of a task; of admins there are several, so another's words are never one's own. */
export const byRole =
  (role: "human" | "agent" | "admin"): ByWhom =>
  (_, reader) =>
    reader.role === role && role !== "admin" ? "self" : role;

/** Of the user that a neighbouring field names. */
export const byUser =
  (field: string, role: "human" | "agent"): ByWhom =>
  (holder, reader) =>
    holder[field] === reader.userId ? "self" : role;

export const isWritten = (schema: z.ZodType): boolean => marks.has(schema);

const unmarked: Mark = { by: () => "somebody", max: LONGEST };

/** The mark of a value that is no text itself. */
export const markOfValue = (schema: z.ZodType): Mark => (marks.get(schema) as Mark | undefined) ?? unmarked;

/** The mark of a text; null where nobody could have written it. */
export const markOf = (schema: z.ZodType): Mark | null =>
  generated.has(schema) ? null : ((marks.get(schema) as Mark | undefined) ?? unmarked);
