import postgres from "postgres";

export const SECRET = "a test secret of thirty-two bytes or more";

/** A connection on the side, for what a test prepares or looks at behind the API's back. */
export const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} });

export function withDatabase(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.toString();
}
