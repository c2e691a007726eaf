/** The published files of packages/mcp, and the registries' rules for their parts, written down from their schemas. */

import { readFileSync } from "node:fs";
import { z } from "zod";

const ROOT = new URL("../../../", import.meta.url);

export const readText = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");
export const readJson = (path: string): unknown => JSON.parse(readText(path));

export const serverName = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
export const shortText = z.string().min(1).max(100);
/** One version: registries refuse ranges. */
export const version = z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/);
export const urlTemplate = z.string().regex(/^https?:\/\/\S+$/);
