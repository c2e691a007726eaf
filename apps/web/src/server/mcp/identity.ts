import { product } from "@humans2ai/core";

/** Who this server says it is. */
export const IDENTITY = { name: product.name, title: product.title, version: product.version };

/** The protocol revisions that are served, the newest first. */
export const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];
