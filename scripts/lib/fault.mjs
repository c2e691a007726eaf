/** A fault the user can act on: its message is one sentence that says what to do. */
export class Fault extends Error {
  /** @param {string} sentence @param {string} [detail] */
  constructor(sentence, detail) {
    super(sentence);
    this.name = "Fault";
    this.detail = detail;
  }
}

/** @param {unknown} error */
export function errorCode(error) {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** @param {unknown} error @returns {string} */
export function errorText(error) {
  if (error instanceof AggregateError && !error.message) return error.errors.map(errorText).join(", ");
  return error instanceof Error ? error.message : String(error);
}

/** Faults are told in their sentence alone; anything else is our bug and shows its stack.
 * @param {unknown} error */
export function tell(error) {
  if (!(error instanceof Fault)) {
    console.error(error);
    return;
  }
  if (error.detail) console.error(error.detail);
  console.error(error.message);
}
