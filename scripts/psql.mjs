import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { embeddedDatabase } from "./lib/database.mjs";
import { errorText } from "./lib/fault.mjs";
import { dataFolder } from "./lib/settings.mjs";
import { main } from "./lib/supervise.mjs";
import { checkNode, ensureReady } from "./lib/toolchain.mjs";

/** @typedef {import("postgres").Sql} Sql */

/** @param {unknown} value */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** @param {Record<string, unknown>[]} rows */
function table(rows) {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const padded = lines.map((line) =>
    line
      .map((value, column) => value.padEnd(widths[column] ?? 0))
      .join(" | ")
      .trimEnd(),
  );
  return [padded[0], widths.map((width) => "-".repeat(width)).join("-+-"), ...padded.slice(1)].join("\n");
}

/** Text may hold several statements, each with a result of its own.
 * @param {Sql} sql @param {string} statements */
async function execute(sql, statements) {
  const reply = await sql.unsafe(statements).simple();
  const results = Array.isArray(reply[0]) ? reply : [reply];
  for (const rows of results) {
    if (rows.length > 0) console.log(table([...rows]));
    console.log(`${rows.command ?? "OK"} ${rows.count ?? rows.length}`);
  }
}

/** @param {Sql} sql */
async function converse(sql) {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: "humans2ai=> " });
  let pending = "";
  lines.prompt();
  for await (const line of lines) {
    if (["\\q", "exit", "quit"].includes(line.trim())) break;
    pending += `${line}\n`;
    if (!line.trimEnd().endsWith(";")) continue;
    const statement = pending;
    pending = "";
    try {
      await execute(sql, statement);
    } catch (error) {
      console.error(errorText(error));
    }
    lines.prompt();
  }
  lines.close();
}

async function psql() {
  checkNode();
  const dataDir = dataFolder();
  await ensureReady({ logs: join(dataDir, "logs"), build: false });
  const url = process.env.DATABASE_URL || (await embeddedDatabase(dataDir));
  const given = process.argv.slice(2).join(" ");
  if (!given && process.stdin.isTTY && spawnSync("psql", ["--version"]).status === 0) {
    // In our own process group: psql needs the terminal to itself.
    return spawnSync("psql", [url], { stdio: "inherit" }).status ?? 1;
  }
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { max: 1, onnotice: ({ message }) => console.error(message) });
  try {
    if (!given && process.stdin.isTTY) await converse(sql);
    else await execute(sql, given || (await text(process.stdin)));
    return 0;
  } catch (error) {
    console.error(errorText(error));
    return 1;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

await main(psql);
