/** The risk gate as the settings want it: with a model behind it, or the local one. */

import { randomUUID } from "node:crypto";
import { gateWith, localGate, semanticCheck } from "@humans2ai/core";
import type { Env } from "../env.ts";

export function riskGate(e: Env) {
  if (!e.RISK_GATE_URL) return localGate;
  return gateWith(
    semanticCheck({
      url: e.RISK_GATE_URL,
      key: e.RISK_GATE_KEY ?? null,
      model: e.RISK_GATE_MODEL ?? null,
      timeoutMs: e.RISK_GATE_TIMEOUT_MS,
      fetch,
      nonce: randomUUID,
      now: () => performance.now(),
      onFailure: (reason) => console.error(`The risk gate's model gave no answer (${reason}).`),
    }),
  );
}
