// Server-sent events, cut at any byte the network likes.

import { MAX_MESSAGE_BYTES } from "./stdio.ts";

export class TooLargeError extends Error {}

/** Feed it decoded text; it hands over the data of each complete `message` event. */
export class SseParser {
  #line: string[] = [];
  #data: string[] = [];
  #size = 0;
  #event = "";
  #atStart = true;
  #skipLineFeed = false;

  readonly #onData: (data: string) => void;
  readonly #limit: number;

  constructor(onData: (data: string) => void, limit = MAX_MESSAGE_BYTES) {
    this.#onData = onData;
    this.#limit = limit;
  }

  push(chunk: string): void {
    if (chunk === "") return;
    const text = this.#skipLineFeed && chunk[0] === "\n" ? chunk.slice(1) : chunk;
    this.#skipLineFeed = chunk.endsWith("\r");
    const lineEnd = /\r\n?|\n/g;
    let start = 0;
    for (let end = lineEnd.exec(text); end !== null; end = lineEnd.exec(text)) {
      this.#hold(text.slice(start, end.index));
      this.#takeLine();
      start = lineEnd.lastIndex;
    }
    this.#hold(text.slice(start));
  }

  #hold(part: string): void {
    if (part === "") return;
    this.#size += part.length;
    if (this.#size > this.#limit) throw new TooLargeError();
    this.#line.push(part);
  }

  #takeLine(): void {
    let line = this.#line.join("");
    this.#line = [];
    if (this.#atStart) {
      this.#atStart = false;
      if (line.charCodeAt(0) === 0xfeff) line = line.slice(1);
    }
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") this.#data.push(value);
    else this.#size -= line.length;
    if (field === "event") this.#event = value;
  }

  #dispatch(): void {
    const data = this.#data.join("\n");
    const wanted = this.#event === "" || this.#event === "message";
    this.#data = [];
    this.#size = 0;
    this.#event = "";
    if (wanted && data !== "") this.#onData(data);
  }
}
