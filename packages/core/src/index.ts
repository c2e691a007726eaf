/** The server door of the core. Browsers use ./wire. */

export { approvalKeys } from "./approval.ts";
export { CHANNELS, type Channel } from "./audit/entry.ts";
export { type AuditKey, readAuditKey } from "./audit/key.ts";
export { allows, isIpRange, rateSubject } from "./auth/addresses.ts";
export {
  type Authenticated,
  actorOfUser,
  authenticate,
  enterSession,
  type RateState,
} from "./auth/authenticate.ts";
export { countPage } from "./auth/limits.ts";
export { faultOfUrl, isPublicAddress } from "./auth/public-address.ts";
export { type TokenSession, verifyIdToken } from "./auth/tokens.ts";
export type { CallOptions, DryRunOutput, Input, Output } from "./call.ts";
export { visible } from "./codecs.ts";
export { moneyTools, paramsHash } from "./confirmation.ts";
export { confirmationTokenOf } from "./confirmation-view.ts";
export {
  type Actor,
  ANONYMOUS,
  CLOCK,
  defaultSettings,
  type FileStore,
  type Progress,
  type RiskGate,
  type Settings,
  VISITOR,
} from "./context.ts";
export { type Core, type CoreConfig, createCore } from "./core.ts";
export { databaseTime } from "./db/health.ts";
export {
  contractTools,
  describeTool,
  mayCall,
  type ToolDescription,
  toolsOffered,
} from "./derive/describe.ts";
export { exampleInput } from "./derive/example.ts";
export { mermaid } from "./derive/mermaid.ts";
export { openApi } from "./derive/openapi.ts";
export { inputOfQuery, type RestMatch, restRoutes } from "./derive/rest.ts";
export { echoName } from "./errors/row.ts";
export { sayIssue } from "./faults.ts";
export { follow, type NewsEvent } from "./follow.ts";
export { beginTask, cancelTask, lookAtTask, type McpTask, waitsOf } from "./mcp-tasks.ts";
export {
  clientName,
  countDocument,
  type OauthClient,
  provenHost,
  registerClient,
  registeredClient,
} from "./oauth/clients.ts";
export { answerTo, isLoopback, isRedirectUri, matchesRedirect } from "./oauth/redirects.ts";
export { openRequest } from "./oauth/requests.ts";
export {
  ACCESS_MINUTES,
  CODE_SECONDS,
  findToken,
  type GoodToken,
  keepTokens,
  type NewTokens,
  newAccessToken,
  newBrowserToken,
  newRefreshToken,
  revokeToken,
  rotateTokens,
  spendToken,
} from "./oauth/tokens.ts";
export { holdsSecret, redact } from "./redact.ts";
export { gateWith, localGate } from "./risk/gate.ts";
export { isSemanticUrl, type SemanticConfig, semanticCheck } from "./risk/semantic.ts";
export type { Tool, Waits } from "./tool.ts";
export { type ToolName, tools } from "./tools/index.ts";
export { cleanText } from "./untrusted/clean.ts";
export type { Guarded, Untrusted } from "./untrusted/guard.ts";
export { renderForModel } from "./untrusted/render.ts";
export * from "./wire.ts";
