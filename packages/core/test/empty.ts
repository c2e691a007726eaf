/** A database with nothing in it, for the tests of migrating and seeding. */

import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { withDatabase } from "./postgres.ts";

/** Makes one and answers its URL; it is dropped when the file's tests end. */
export async function emptyDatabase(): Promise<string> {
  const server = inject("serverUrl");
  const name = `h2a_empty_${randomUUID().replaceAll("-", "")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  afterAll(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return withDatabase(server, name);
}
