import { connect } from "node:net";

/** Writes bytes to the server as they are, and gives back all that it says until it closes (or for two seconds). */
export function rawRequest(port: number, bytes: string, patience = 2000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let text = "";
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (hasWholeReply(text)) socket.end();
    });
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
    socket.on("error", reject);
  });
}

function hasWholeReply(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  const length = /^content-length: (\d+)\r$/im.exec(text.slice(0, end + 2))?.[1];
  return end > 0 && length !== undefined && text.length >= end + 4 + Number(length);
}
