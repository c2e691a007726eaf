/**
 * The part of JSON Schema that an answer may be asked for by, and the form that people then fill in. Free of any
 * library: the browser makes the form from it. What could not be shown or checked safely ($ref, pattern, …) is refused.
 */

export type Answer = string | number | boolean | string[] | { [name: string]: Answer };
/** How a text must look beside its length. */
export type Format = "email" | "uri" | "date" | "date-time";

export type Field = { title: string | null; help: string | null } & (
  | { kind: "text"; min: number; max: number; format: Format | null }
  | { kind: "number"; whole: boolean; min: number | null; max: number | null }
  | { kind: "yes_no" }
  | { kind: "choice"; options: string[] }
  | { kind: "choices"; options: string[]; min: number; max: number }
  | { kind: "list"; min: number; max: number; longest: number; format: Format | null }
  | { kind: "group"; fields: NamedField[] }
);
export interface NamedField {
  name: string;
  required: boolean;
  field: Field;
}
export type FieldOf<K extends Field["kind"]> = Extract<Field, { kind: K }>;

/** Without a schema: one text. */
export const FREE_TEXT: FieldOf<"text"> = {
  kind: "text",
  title: null,
  help: null,
  min: 1,
  max: 5000,
  format: null,
};

/** A part of a schema that no form can be made of; `path` says where it is. */
export class SchemaFault extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

export const MOST_FIELDS = 40;
/** Numbers beyond it, either way, are no answer: they lose their digits, and their sums their value. */
export const LARGEST = 1e15;
const MOST_OPTIONS = 50;
/** What a text, and a list of texts, may have at most where the schema does not say. */
export const DEFAULTS = { text: 2000, list: 20 } as const;
const LONGEST = { text: 5000, option: 200, title: 200, help: 1000, schema: 20_000 };
const FORMATS: readonly string[] = ["email", "uri", "date", "date-time"] satisfies Format[];
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const FORBIDDEN = new Set(["constructor", "prototype", "toString", "valueOf", "hasOwnProperty"]);

/** Which keywords each type may have, beside `type`, `title` and `description`. */
const KEYWORDS: Record<string, readonly string[]> = {
  string: ["enum", "minLength", "maxLength", "format"],
  number: ["minimum", "maximum"],
  integer: ["minimum", "maximum"],
  boolean: [],
  array: ["items", "minItems", "maxItems", "uniqueItems"],
  object: ["properties", "required", "additionalProperties"],
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const storable = (text: string) => !text.includes("\u0000") && text.isWellFormed();

/** The form of a schema; throws a SchemaFault for the first thing in it that is not supported. */
export function formOf(schema: unknown, path = "answerSchema"): Field {
  if (!isObject(schema)) throw new SchemaFault(path, "must be a JSON Schema object");
  const { $schema, ...rest } = schema;
  if ($schema !== undefined) wordsAt($schema, `${path}.$schema`, LONGEST.title);
  const form = fieldOf(rest, path, 0);
  // Measured after its depth is known to be small.
  if (JSON.stringify(rest).length > LONGEST.schema) {
    throw new SchemaFault(path, `must have at most ${LONGEST.schema} characters as JSON`);
  }
  const count = leaves(form).length;
  if (count > MOST_FIELDS) throw new SchemaFault(path, `must have at most ${MOST_FIELDS} fields`);
  return form;
}

/** Each field that holds a value, with its dotted path; the path of a form that is one field is `answer`. */
export function leaves(form: Field, path = ""): { path: string; field: Exclude<Field, { kind: "group" }> }[] {
  if (form.kind !== "group") return [{ path: path || "answer", field: form }];
  return form.fields.flatMap(({ name, field }) => leaves(field, path ? `${path}.${name}` : name));
}

function fieldOf(schema: unknown, path: string, depth: number): Field {
  if (!isObject(schema)) throw new SchemaFault(path, "must be a JSON Schema object");
  const { type } = schema;
  if (typeof type !== "string" || !Object.hasOwn(KEYWORDS, type)) {
    throw new SchemaFault(`${path}.type`, `must be one of ${Object.keys(KEYWORDS).join(", ")}`);
  }
  const known = ["type", "title", "description", ...KEYWORDS[type]!];
  const strange = Object.keys(schema).find((key) => !known.includes(key));
  if (strange !== undefined) {
    const shown = /^\$?\w{1,30}$/.test(strange) ? strange : "…";
    throw new SchemaFault(`${path}.${shown}`, `is not supported; ${type} may have ${known.join(", ")}`);
  }
  const words = {
    title: wordsAt(schema.title, `${path}.title`, LONGEST.title),
    help: wordsAt(schema.description, `${path}.description`, LONGEST.help),
  };
  switch (type) {
    case "string":
      return { ...words, ...textOf(schema, path) };
    case "boolean":
      return { ...words, kind: "yes_no" };
    case "array":
      return listOf(schema, path, words);
    case "object":
      return { ...words, ...groupOf(schema, path, depth) };
    default:
      return { ...words, ...numberOf(schema, path, type === "integer") };
  }
}

function wordsAt(value: unknown, path: string, max: number): string | null {
  if (value === undefined) return null;
  if (typeof value !== "string" || value.trim() === "" || value.length > max || !storable(value)) {
    throw new SchemaFault(path, `must be text of 1 to ${max} characters`);
  }
  return value.trim();
}

function whole(value: unknown, path: string, min: number, max: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw new SchemaFault(path, `must be a whole number from ${min} to ${max}`);
  }
  return value as number;
}

function inOrder(min: number, max: number, path: string) {
  if (min > max) throw new SchemaFault(path, "must not be above its maximum");
}

function formatOf(value: unknown, path: string): Format | null {
  if (value === undefined) return null;
  if (typeof value === "string" && FORMATS.includes(value)) return value as Format;
  throw new SchemaFault(`${path}.format`, `must be one of ${FORMATS.join(", ")}`);
}

function optionsOf(value: unknown, path: string): string[] {
  const fits = (one: unknown): one is string =>
    typeof one === "string" &&
    one.trim() === one &&
    one !== "" &&
    one.length <= LONGEST.option &&
    storable(one);
  if (!Array.isArray(value) || value.length < 2 || value.length > MOST_OPTIONS || !value.every(fits)) {
    throw new SchemaFault(path, `must be 2 to ${MOST_OPTIONS} texts of 1 to ${LONGEST.option} characters`);
  }
  if (new Set(value).size < value.length) throw new SchemaFault(path, "must not name an option twice");
  return value;
}

type Words = Pick<Field, "title" | "help">;
type Without<K extends Field["kind"]> = Omit<FieldOf<K>, "title" | "help">;

function textOf(schema: Json, path: string): Without<"text"> | Without<"choice"> {
  if (schema.enum !== undefined) return { kind: "choice", options: optionsOf(schema.enum, `${path}.enum`) };
  const min = whole(schema.minLength, `${path}.minLength`, 0, LONGEST.text, 0);
  const max = whole(schema.maxLength, `${path}.maxLength`, 1, LONGEST.text, DEFAULTS.text);
  inOrder(min, max, `${path}.minLength`);
  return { kind: "text", min, max, format: formatOf(schema.format, path) };
}

function numberOf(schema: Json, path: string, isWhole: boolean): Without<"number"> {
  const bound = (key: "minimum" | "maximum") => {
    const value = schema[key];
    if (value === undefined) return null;
    if (typeof value === "number" && Math.abs(value) <= LARGEST) return value;
    throw new SchemaFault(`${path}.${key}`, `must be a number from -${LARGEST} to ${LARGEST}`);
  };
  const [min, max] = [bound("minimum"), bound("maximum")];
  if (min !== null && max !== null) inOrder(min, max, `${path}.minimum`);
  return { kind: "number", whole: isWhole, min, max };
}

/** A list has one label and one hint: its own, else those of its items. */
function listOf(schema: Json, path: string, own: Words): FieldOf<"list"> | FieldOf<"choices"> {
  const items = fieldOf(schema.items, `${path}.items`, Number.POSITIVE_INFINITY);
  if (schema.uniqueItems !== undefined && typeof schema.uniqueItems !== "boolean") {
    throw new SchemaFault(`${path}.uniqueItems`, "must be true or false");
  }
  if (items.kind !== "choice" && items.kind !== "text") {
    throw new SchemaFault(`${path}.items.type`, "must be string");
  }
  const most = items.kind === "choice" ? items.options.length : DEFAULTS.list;
  const min = whole(schema.minItems, `${path}.minItems`, 0, most, 0);
  const max = whole(schema.maxItems, `${path}.maxItems`, 1, MOST_OPTIONS, most);
  inOrder(min, max, `${path}.minItems`);
  const words = { title: own.title ?? items.title, help: own.help ?? items.help };
  if (items.kind === "choice") return { ...words, kind: "choices", options: items.options, min, max };
  return {
    ...words,
    kind: "list",
    min,
    max,
    longest: Math.min(items.max, DEFAULTS.text),
    format: items.format,
  };
}

function groupOf(schema: Json, path: string, depth: number): Without<"group"> {
  if (depth > 1)
    throw new SchemaFault(
      `${path}.type`,
      "must not be an object here: one level below the first is the most",
    );
  const { properties, required = [], additionalProperties = false } = schema;
  if (additionalProperties !== false) throw new SchemaFault(`${path}.additionalProperties`, "must be false");
  if (!isObject(properties) || Object.keys(properties).length === 0) {
    throw new SchemaFault(`${path}.properties`, "must name at least one field");
  }
  const names = Object.keys(properties);
  if (names.length > MOST_FIELDS)
    throw new SchemaFault(`${path}.properties`, `must name at most ${MOST_FIELDS} fields`);
  const bad = names.find((name) => !NAME.test(name) || FORBIDDEN.has(name));
  if (bad !== undefined) {
    throw new SchemaFault(
      `${path}.properties`,
      "must have names of 1 to 40 letters, digits, _ and -, a letter first",
    );
  }
  if (!Array.isArray(required) || !required.every((name) => names.includes(name))) {
    throw new SchemaFault(`${path}.required`, "must list names of properties");
  }
  const fields = names.map((name) => ({
    name,
    required: required.includes(name),
    field: fieldOf(properties[name], `${path}.properties.${name}`, depth + 1),
  }));
  return { kind: "group", fields };
}
