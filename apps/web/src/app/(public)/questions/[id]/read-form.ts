import type { Field } from "@humans2ai/core/wire";

/** The answer that a filled-in form says, in the shape of its schema. What was left empty is left out. */
export function readForm(field: Field, data: FormData, path = ""): unknown {
  const name = path || "answer";
  const text = String(data.get(name) ?? "").trim();
  switch (field.kind) {
    case "group": {
      const entries = field.fields.flatMap(({ name: own, field: one, required }) => {
        const value = readForm(one, data, path ? `${path}.${own}` : own);
        const isEmpty = value === undefined || (!required && isNothing(value));
        return isEmpty ? [] : [[own, value] as const];
      });
      return Object.fromEntries(entries);
    }
    case "yes_no":
      return text === "" ? undefined : text === "yes";
    case "number":
      return text === "" ? undefined : Number(text);
    case "choices":
      return data.getAll(name).map(String);
    case "list":
      return text.split("\n").flatMap((line) => line.trim() || []);
    case "text":
      return field.format === "date-time" && text !== "" ? toIso(text) : text;
    case "choice":
      return text === "" ? undefined : text;
  }
}

const isNothing = (value: unknown) =>
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

/** The browser's field knows no offset: it means the person's own time. */
function toIso(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
