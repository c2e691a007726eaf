import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Client = postgres.Sql;
export type Sql = postgres.Sql | postgres.TransactionSql;
export type Db = PostgresJsDatabase;

export interface ConnectOptions {
  /** Connections per process; about 4 did best (more only queue in Postgres). */
  max?: number;
  /** Moves the product's clock (`clock_now()`): how tests travel in time. */
  clockOffsetMs?: number;
}

export function connect(url: string, { max = 4, clockOffsetMs = 0 }: ConnectOptions = {}): Client {
  return postgres(url, {
    max,
    connect_timeout: 10,
    // The library waits up to 20 s between attempts: a call would hang so long, and the recovery too.
    backoff: (attempts: number) => Math.min(attempts * 0.05, 0.5),
    onnotice: () => {},
    connection: {
      application_name: "humans2ai",
      TimeZone: "UTC",
      lock_timeout: 10_000,
      statement_timeout: 30_000,
      ...(clockOffsetMs === 0 ? {} : { "h2a.clock_offset": `${clockOffsetMs} milliseconds` }),
    },
  });
}

/** Drizzle over a client, or over a transaction of it (which lacks the options that drizzle reads). */
export function queries(sql: Sql, client: Client): Db {
  return drizzle(Object.assign(sql, { options: client.options }) as Client);
}
