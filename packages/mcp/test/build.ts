import { execFileSync } from "node:child_process";

/** The tests drive what would be published, so it is built first. */
export default function setup(): void {
  execFileSync(process.execPath, ["build.mjs"], { stdio: "inherit" });
}
