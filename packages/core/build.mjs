// Compile, then carry over what tsc does not: the SQL files that the migrator reads at run time.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
const tsc = spawnSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: true });
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
cpSync("src/db/sql", "dist/db/sql", { recursive: true });
