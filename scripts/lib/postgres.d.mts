export type StartOptions = {
  dataDir: string;
  log?: (line: string) => void;
  /** For tests: no durability at all. Never for data that matters. */
  fast?: boolean;
};

export type RunningPostgres = {
  /** Superuser address of the database `humans2ai` on 127.0.0.1. */
  url: string;
  pid: number;
  /** True when the server was already running, orphaned or used by another process. */
  reused: boolean;
  logFile: string;
  /** Stops the server, unless another living process uses it too. */
  stop(): Promise<void>;
};

export function startPostgres(options: StartOptions): Promise<RunningPostgres>;
