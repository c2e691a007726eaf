/** The results as a page, with the machine that they hold for. */

import { cpus, release, totalmem, type } from "node:os";
import type { Pair, Round } from "./measure.ts";
import type { Spread, Stdio } from "./stdio-bench.ts";

export interface Results {
  postgres: string;
  core: Pair[];
  http: Pair[];
  stdio: Stdio;
}

const COLD_MS = 100;
const INSTALL_KB = 1000;

export function report({ postgres, core, http, stdio }: Results, at: Date): string {
  return `# Measured

${at.toISOString().slice(0, 10)}, on ${machine()}, Node ${process.versions.node}, Postgres ${postgres} (embedded, fsync on). Made by \`pnpm bench\`; written by hand is nothing here.

Subject and bare limit took turns in one run, so their **ratio** holds where the absolute numbers, on a shared machine, do not. Quoted: the median of the pairs, and [lowest – highest].

## 1. In core, against a prepared single-row UPDATE through the same driver and pool, 16 in flight

${pairTable(core)}

create_task writes everything it has to: idempotency key, task, event, transfer and two balances.

## 2. Over HTTP, against a bare node:http + postgres.js server issuing the same statements, 16 connections

${pairTable(http)}

Each call is authenticated and counted against its limits, on both sides. CPU is the server process's own.

## 3. The stdio package

| | Value | Goal | |
|---|---|---|---|
| spawn → answer of tools/list, server warm | ${shownMs(stdio.coldMs)} | ≤ ${COLD_MS} ms | ${verdict(stdio.coldMs.middle <= COLD_MS)} |
| the same of a bare script that reads a line and answers | ${shownMs(stdio.bareMs)} | | |
| ratio | **${stdio.ratio.middle.toFixed(2)}** [${stdio.ratio.low.toFixed(2)} – ${stdio.ratio.high.toFixed(2)}] | | |
| resident memory then | ${shownMb(stdio.residentMb)}, bare ${shownMb(stdio.bareResidentMb)} | | |
| install, unpacked | ${stdio.installKb.toFixed(0)} kB | < ${INSTALL_KB} kB | ${verdict(stdio.installKb < INSTALL_KB)} |
`;
}

function machine(): string {
  const all = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${all.length} cores (${all[0]?.model.trim()}), ${memory} GB, ${type()} ${release()}`;
}

const verdict = (met: boolean) => (met ? "met" : "**missed**");
const shownMs = ({ middle, low, high }: Spread) =>
  `${middle.toFixed(0)} ms [${low.toFixed(0)} – ${high.toFixed(0)}]`;
const shownMb = (mb: number | null) => (mb === null ? "not known" : `${mb.toFixed(0)} MB`);

function pairTable(pairs: Pair[]): string {
  const hasCpu = pairs.some((p) => p.subject.cpuUs !== null);
  const columns = ["per second", "p99 ms", ...(hasCpu ? ["CPU µs"] : [])];
  const cells = ({ perSecond, p99Ms, cpuUs }: Round) => [
    perSecond.toFixed(0),
    p99Ms.toFixed(1),
    ...(hasCpu ? [cpuUs?.toFixed(0) ?? ""] : []),
  ];
  const head = ["", "Ratio", "Goal", "", ...columns, ...columns.map((c) => `bare: ${c}`)];
  const rows = pairs.map((p) => [
    p.name,
    `**${p.ratio.toFixed(2)}** [${p.low.toFixed(2)} – ${p.high.toFixed(2)}]`,
    p.goal === null ? "" : `≥ ${p.goal.toFixed(2)}`,
    p.goal === null ? "" : verdict(p.ratio >= p.goal),
    ...cells(p.subject),
    ...cells(p.bare),
  ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
