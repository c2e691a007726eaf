/** What is kept and shown of an agent's schema: what was read of it, and judged, and no more. */

import { DEFAULTS, type Field, type Format } from "./schema.ts";

type Json = Record<string, unknown>;

/** All that an agent wrote into a form: what the risk gate reads, and what people see. */
export function wordsOf(form: Field): string[] {
  const own = [form.title, form.help].filter((words) => words !== null);
  if (form.kind === "choice" || form.kind === "choices") return [...own, ...form.options];
  if (form.kind !== "group") return own;
  return [...own, ...form.fields.flatMap(({ name, field }) => [spoken(name), ...wordsOf(field)])];
}

/** A name as the words that it is made of: `buyMeA_gun` says "buy Me A gun". */
const spoken = (name: string) =>
  name
    .replace(/[_-]+/g, " ")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .trim();

/** The schema of a form. `formOf` makes the same form of it. */
export function schemaOf(form: Field): Json {
  const words = { ...unless(null, "title", form.title), ...unless(null, "description", form.help) };
  return { ...shapeOf(form), ...words };
}

const unless = (usual: unknown, key: string, value: unknown): Json =>
  value === usual ? {} : { [key]: value };
const bounds = (what: string, min: number, max: number, most: number): Json => ({
  ...unless(0, `min${what}`, min),
  ...unless(most, `max${what}`, max),
});
const textShape = (min: number, max: number, format: Format | null): Json => ({
  type: "string",
  ...bounds("Length", min, max, DEFAULTS.text),
  ...unless(null, "format", format),
});

function shapeOf(form: Field): Json {
  switch (form.kind) {
    case "text":
      return textShape(form.min, form.max, form.format);
    case "number": {
      const limits = { ...unless(null, "minimum", form.min), ...unless(null, "maximum", form.max) };
      return { type: form.whole ? "integer" : "number", ...limits };
    }
    case "yes_no":
      return { type: "boolean" };
    case "choice":
      return { type: "string", enum: form.options };
    case "choices": {
      const items = { type: "string", enum: form.options };
      return { type: "array", items, ...bounds("Items", form.min, form.max, form.options.length) };
    }
    case "list": {
      const items = textShape(0, form.longest, form.format);
      return { type: "array", items, ...bounds("Items", form.min, form.max, DEFAULTS.list) };
    }
    case "group": {
      const properties = Object.fromEntries(form.fields.map(({ name, field }) => [name, schemaOf(field)]));
      const required = form.fields.filter((f) => f.required).map(({ name }) => name);
      return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
    }
  }
}
