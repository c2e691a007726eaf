// A process of its own that starts the database, so that tests can kill it. Says what it got as JSON.
import { startPostgres } from "../lib/postgres.mjs";

const [dataDir = "", mode] = process.argv.slice(2);
try {
  const { url, pid, reused, stop } = await startPostgres({ dataDir, fast: mode === "fast" });
  console.log(JSON.stringify({ url, pid, reused }));
  process.on("SIGTERM", async () => {
    await stop();
    process.exit(0);
  });
  setInterval(() => {}, 60_000);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
