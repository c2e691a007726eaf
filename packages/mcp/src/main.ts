import { ConfigError, readConfig } from "./config.ts";
import { Credentials } from "./credential.ts";
import { Http } from "./http.ts";
import { Mirror } from "./mirror.ts";
import { Pipe } from "./pipe.ts";
import { CLIENT_VERSION, Session } from "./session.ts";
import { LineReader, note, writeMessage } from "./stdio.ts";

/** How long requests may still run after the client has closed our input. */
const DRAIN_MS = 5_000;

const HELP = `humans2ai-mcp ${CLIENT_VERSION}: hire humans from your AI agent (MCP over stdio).

An MCP client starts this program; run by hand it waits for JSON-RPC lines on stdin.

  {"mcpServers": {"humans2ai": {"command": "npx", "args": ["-y", "@humans2ai/mcp"],
    "env": {"API_KEY": "sk_live_..."}}}}

Environment:
  API_KEY                  your key; without one, register and login still work
  HUMANS2AI_URL            the server (default https://humans2ai.com)
  HUMANS2AI_ALLOW_HTTP     1 = allow http:// to other machines than this one
  HUMANS2AI_TIMEOUT_MS     how long to wait for an answer (default 75000)
  HUMANS2AI_RETRY_BASE_MS  first wait before a retry (default 250)

Options: --help, --version
`;

function main(args: string[]): void {
  if (args.includes("--version") || args.includes("-v")) {
    process.stdout.write(`${CLIENT_VERSION}\n`);
  } else if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
  } else if (args.length > 0) {
    note("there are no options but --help and --version; settings are environment variables.");
    process.exitCode = 1;
  } else {
    serve();
  }
}

function serve(): void {
  const config = readConfig(process.env);
  const link = {
    config,
    http: new Http(config.endpoint, config.timeoutMs),
    session: new Session(),
    credentials: new Credentials(config.apiKey),
    mirror: new Mirror(),
  };
  const pipe = new Pipe(link, writeMessage);
  const reader = new LineReader(
    (line) => pipe.receive(line),
    () => pipe.receiveTooLong(),
  );
  const finish = () => {
    reader.end();
    // The empty write is done when all before it is: answers must not be cut off.
    void pipe.drain(DRAIN_MS).then(() => process.stdout.write("", () => process.exit(0)));
  };
  // The client is gone, and with it whoever could read a complaint.
  process.stdout.on("error", () => process.exit(0));
  process.stderr.on("error", () => undefined);
  process.on("SIGINT", () => process.exit(130));
  process.on("SIGTERM", () => process.exit(143));
  process.stdin.on("data", (chunk: Buffer) => reader.push(chunk));
  process.stdin.once("end", finish);
  process.stdin.once("error", finish);
  if (process.stdin.isTTY) note("waiting for an MCP client on stdin; --help says how to set one up.");
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  note(error.message);
  process.exitCode = 1;
}
