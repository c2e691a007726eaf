/** Finds the texts of a value by its schema. What a schema does not tell apart is searched whole. */

import type { z } from "zod";
import { type ByWhom, isWritten, markOf, markOfValue } from "./mark.ts";

export interface Found {
  text: string;
  /** JSON Pointer. */
  path: string;
  holder: Record<string, unknown>;
  by: ByWhom;
  max: number;
}
type Show = (found: Found) => string;
type Holder = Record<string, unknown>;
/** Gives the value back with its texts as `show` has them; the value itself stays as it is. */
export type Visit = (value: unknown, holder: Holder, path: string, show: Show) => unknown;

/** Ids as this product makes them: nobody wrote them, and nothing can be said with them. */
const ID = /^[a-z]{2,8}_[0-9a-z]{16,40}$/;
/** What a schema checks so narrowly that no sentence fits. */
const NARROW = new Set(["datetime", "date", "time", "duration", "uuid", "guid", "ipv4", "ipv6", "cidrv4"]);

const plans = new WeakMap<z.ZodType, { visit: Visit | null }>();

/** The visitor of a schema; null where it can hold no text. Made once per schema. */
export function visitorOf(schema: z.ZodType): Visit | null {
  const known = plans.get(schema);
  if (known) return known.visit;
  const visit = make(schema);
  plans.set(schema, { visit });
  return visit;
}

/** What is read here of a zod schema's definition. */
interface Def {
  type: string;
  format?: string;
  innerType: z.ZodType;
  out: z.ZodType;
  element: z.ZodType;
  shape: Record<string, z.ZodType>;
  catchall?: z.ZodType;
}
const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;

const TEXTLESS = new Set("number int boolean bigint date null undefined void never enum literal".split(" "));
const WRAPPERS = new Set("nullable optional default prefault nonoptional readonly catch".split(" "));

function make(schema: z.ZodType): Visit | null {
  const def = defOf(schema);
  if (TEXTLESS.has(def.type)) return null;
  if (WRAPPERS.has(def.type)) return visitorOf(def.innerType);
  if (def.type === "string") return NARROW.has(def.format ?? "") ? null : textVisit(schema);
  if (def.type === "pipe") return visitorOf(def.out);
  if (def.type === "array") return arrayVisit(visitorOf(def.element));
  return isClosed(def) ? objectVisit(def.shape) : anyVisit(markOfValue(schema));
}

const isClosed = (def: Def) =>
  def.type === "object" && (!def.catchall || defOf(def.catchall).type === "never");

/** Where a schema's values can hold texts of others, as `a.b[]`. An unmarked id is none: what no id is, is shown. */
export function textsOf(schema: z.ZodType, path = ""): string[] {
  const def = defOf(schema);
  if (visitorOf(schema) === null) return [];
  if (WRAPPERS.has(def.type)) return textsOf(def.innerType, path);
  if (def.type === "pipe") return textsOf(def.out, path);
  if (def.type === "array") return textsOf(def.element, `${path}[]`);
  if (def.type === "object" && isClosed(def)) {
    const below = (key: string) => (path ? `${path}.${key}` : key);
    return Object.entries(def.shape).flatMap(([key, one]) => textsOf(one, below(key)));
  }
  const isId = def.type === "string" && !isWritten(schema) && /(^|[a-z]I)ds?(\[\])?$|(^|\.)id$/.test(path);
  return isId ? [] : [path];
}

function textVisit(schema: z.ZodType): Visit | null {
  const mark = markOf(schema);
  if (!mark) return null;
  return (value, holder, path, show) => {
    if (typeof value !== "string" || value === "" || ID.test(value)) return value;
    return show({ text: value, path, holder, ...mark });
  };
}

function objectVisit(shape: Record<string, z.ZodType>): Visit | null {
  const visits: [string, Visit][] = [];
  for (const [key, schema] of Object.entries(shape)) {
    const visit = visitorOf(schema);
    if (visit) visits.push([key, visit]);
  }
  if (visits.length === 0) return null;
  return (value, _, path, show) => {
    if (typeof value !== "object" || value === null) return value;
    const seen: Holder = { ...value };
    for (const [key, visit] of visits) {
      if (key in seen) seen[key] = visit(seen[key], value as Holder, `${path}/${pointed(key)}`, show);
    }
    return seen;
  };
}

const arrayVisit = (each: Visit | null): Visit | null =>
  each &&
  ((value, holder, path, show) =>
    Array.isArray(value) ? value.map((one, i) => each(one, holder, `${path}/${i}`, show)) : value);

/** Records, unions and whatever else: every text in it, in keys too. */
function anyVisit({ ownKeys, ...mark }: ReturnType<typeof markOfValue>): Visit {
  const visit: Visit = (value, holder, path, show) => {
    if (typeof value === "string") {
      if (value === "" || ID.test(value)) return value;
      return show({ text: value, path, holder, ...mark });
    }
    if (Array.isArray(value)) return value.map((one, i) => visit(one, holder, `${path}/${i}`, show));
    const isPlain = typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
    if (!isPlain || value instanceof Date) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        // A key is told of at its object, for it may itself be what must not be shown raw.
        const shown = ownKeys ? key : String(visit(key, holder, path, show));
        return [shown, visit(one, value as Holder, `${path}/${pointed(shown)}`, show)];
      }),
    );
  };
  return visit;
}

const pointed = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
