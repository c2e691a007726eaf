/** The resources of the suite. */

import { ResourceNotFoundError } from "@modelcontextprotocol/server";
import { PNG } from "./tools.ts";

const about = (uri: string, mimeType: string) => ({
  uri,
  name: uri.replace("test://", ""),
  description: "A fixture of the conformance suite.",
  mimeType,
});
const fixed = (uri: string, mimeType: string, content: { text: string } | { blob: string }) => ({
  about: about(uri, mimeType),
  read: (asked: string) => (asked === uri ? { uri, mimeType, ...content } : null),
});

export const resources = [
  fixed("test://static-text", "text/plain", { text: "This is the content of the static text resource." }),
  fixed("test://static-binary", "image/png", { blob: PNG }),
  fixed("test://watched-resource", "text/plain", { text: "Watched." }),
];

const { uri: uriTemplate, ...template } = about("test://template/{id}/data", "application/json");
export const templates = [
  {
    about: { uriTemplate, ...template },
    read: (uri: string) => {
      const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
      const data = { id, templateTest: true, data: `Data for ID: ${id}` };
      return id ? { uri, mimeType: "application/json", text: JSON.stringify(data) } : null;
    },
  },
];

export function notFound(uri: string): never {
  throw new ResourceNotFoundError(uri);
}
