/** What every tool's test asks of the door: who may come in, with what, and that no input is a 500. */

import { beforeAll, expect, test } from "vitest";
import type { Input } from "../src/call.ts";
import type { moneyTools } from "../src/confirmation.ts";
import { type Actor, ANONYMOUS, CLOCK, VISITOR } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { Refusal } from "../src/errors.ts";
import { type ToolName, tools } from "../src/tools/index.ts";
import { PERMISSIONS, type Permission } from "../src/vocabulary.ts";
import { act, asProgram, met, refused, type World } from "./world.ts";

type MoneyTool = (typeof moneyTools)[number];

interface Door {
  /** Roles that may call it, written out by hand; anonymous alone means public. */
  may: Actor["role"][];
  permission: Permission | null;
  /** An input that decodes; `required` are those of its fields that may not be left out. */
  input: Record<string, unknown>;
  required?: string[];
  /** Fields for which a wrong value has a code of its own. */
  codes?: Record<string, string>;
}

const STRANGERS = ["visitor", "anonymous", "clock", "agent", "human", "admin"] as const;
const HOSTILE: [string, unknown][] = [
  ["null", null],
  ["a number", -7.5],
  ["an object", { $gt: "" }],
  ["an array", [[]]],
  ["NUL", "a\u0000b"],
  ["a lone surrogate", "a\ud800b"],
  ["a very long text", "x".repeat(200_000)],
  ["an empty text", ""],
];

/** The tests that hold for every tool, from literals given by its own test file. */
export function testDoor(w: World, name: ToolName, door: Door) {
  const key = { idempotencyKey: "door" };
  const actors = { anonymous: ANONYMOUS, visitor: VISITOR, clock: CLOCK, admin: w.admin };
  let made: Record<"agent" | "human", Actor>;
  beforeAll(async () => {
    met.clear();
    made = { agent: await w.agent(), human: await w.human() };
  });
  const actorOf = (role: Actor["role"]): Actor => ({ ...actors, ...made })[role];
  const refusedWith = async (input: unknown): Promise<Refusal | null> => {
    try {
      await w.core.call(actorOf(door.may[0]!), name, input, key);
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error;
    }
  };

  test("opens to its roles only", async () => {
    for (const role of STRANGERS.filter((r) => !door.may.includes(r))) {
      if (door.may.includes("anonymous")) continue;
      const code = role === "anonymous" ? "UNAUTHORIZED" : "FORBIDDEN";
      await refused(code, w.core.call(actorOf(role), name, door.input, key));
    }
  });

  test("needs its permission, if any", async () => {
    if (!door.permission) return expect(tools[name].permission).toBeNull();
    for (const role of door.may.filter((r) => r !== "clock")) {
      const actor = actorOf(role);
      const permissions = PERMISSIONS.filter((p) => p !== door.permission);
      const call = w.core.call({ ...actor, permissions }, name, door.input, key);
      expect((await refused("FORBIDDEN", call)).message).toContain(String(door.permission));
    }
  });

  test("names an unknown field", async () => {
    const refusal = await refusedWith({ ...door.input, surprise: 1 });
    expect(refusal).toMatchObject({ code: "VALIDATION_ERROR", http: 400 });
    expect(refusal?.message).toContain("surprise");
  });

  test("may miss no field but the optional ones", async () => {
    const schema = tools[name].input;
    for (const field of Object.keys(door.input)) {
      const { [field]: _, ...rest } = door.input;
      const required = door.required?.includes(field) ?? false;
      expect(schema.safeParse(rest).success, field).toBe(!required);
      if (!required) continue;
      const refusal = await refusedWith(rest);
      expect(refusal, field).toMatchObject({ code: "VALIDATION_ERROR", http: 400 });
      expect(refusal?.message).toContain(field);
    }
  });

  test("takes no hostile value, and answers each with a refusal", async () => {
    for (const field of Object.keys(door.input)) {
      for (const [what, value] of HOSTILE) {
        const refusal = await refusedWith({ ...door.input, [field]: value });
        expect(refusal?.http, `${field} = ${what}: ${refusal?.message}`).toBeOneOf([400, 401, 404]);
        const code = door.codes?.[field];
        if (refusal?.http === 400 && code !== refusal.code) {
          expect(refusal.code, `${field} = ${what}`).toBe("VALIDATION_ERROR");
        }
      }
    }
  });

  test("takes no input that is no object", async () => {
    for (const input of [[], "text", 7, true]) {
      expect((await refusedWith(input))?.code).toBe("VALIDATION_ERROR");
    }
  });
}

/** From the set amount on a program's call waits for a person's yes, and ends with their no. */
export async function waitsForPerson(
  core: Core,
  owner: Actor,
  tool: MoneyTool,
  params: object,
  bot: Actor = asProgram(owner),
) {
  const asked = { tool, params } as Input<"request_confirmation">;
  const { confirmationToken, confirmationId } = await core.call(bot, "request_confirmation", asked);
  const input = { ...params, confirmationToken } as Input<"cancel_task">;
  const call = () => act(core, bot, tool as "cancel_task", input);
  await refused("CONFIRMATION_PENDING", call());
  await core.call(owner, "decide_confirmation", { confirmationId: confirmationId!, answer: "no" });
  await refused("CONFIRMATION_DECLINED", call());
}

/** Last in a file: every refusal that the tool declares was met, and none that it does not declare. */
export function testDeclared(name: ToolName) {
  test("declares the refusals that were met, and each was met", () => {
    const codes = [...met].filter((m) => m.startsWith(`${name}:`)).map((m) => m.slice(name.length + 1));
    const declared: readonly string[] = tools[name].refusals;
    expect(declared.filter((code) => !codes.includes(code))).toEqual([]);
    const always = ["UNAUTHORIZED", "FORBIDDEN", "VALIDATION_ERROR", "CONFLICT"];
    expect(codes.filter((code) => !declared.includes(code) && !always.includes(code))).toEqual([]);
  });
}

/** Fields of a reply, sorted: compared with the contract's, written out. */
export const fieldsOf = (value: object) => Object.keys(value).sort();
