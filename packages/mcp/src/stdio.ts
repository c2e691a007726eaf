// Newline-delimited messages in, newline-delimited messages out.

export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/** Cuts a byte stream into lines; a line over the limit is reported once and never held in memory. */
export class LineReader {
  #parts: Buffer[] = [];
  #size = 0;
  #tooLong = false;

  readonly #onLine: (line: string) => void;
  readonly #onTooLong: () => void;
  readonly #limit: number;

  constructor(onLine: (line: string) => void, onTooLong: () => void, limit = MAX_MESSAGE_BYTES) {
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#hold(chunk.subarray(start, end));
      this.#flush();
      start = end + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /** A last line without its newline still counts. */
  end(): void {
    this.#flush();
  }

  #hold(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > this.#limit) {
      this.#tooLong = true;
      this.#parts = [];
    } else if (part.length > 0) {
      this.#parts.push(part);
    }
  }

  #flush(): void {
    const parts = this.#parts;
    const tooLong = this.#tooLong;
    this.#parts = [];
    this.#size = 0;
    this.#tooLong = false;
    if (tooLong) {
      this.#onTooLong();
      return;
    }
    const line = (parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString("utf8").trim();
    if (line !== "") this.#onLine(line);
  }
}

/** The only writer of stdout. JSON strings hold no raw line breaks, so any in the text are layout. */
export function writeMessage(json: string): void {
  process.stdout.write(`${json.replace(/[\r\n]+/g, " ")}\n`);
}

export function note(sentence: string): void {
  process.stderr.write(`humans2ai-mcp: ${sentence}\n`);
}
