/** After an action its form is gone: the keyboard goes on where the page says what is next. */
export function toNextStep() {
  document.getElementById("next-step")?.focus();
}
