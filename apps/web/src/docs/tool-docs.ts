/** What the docs say of a tool, derived from the registry: words, rows of its parameters, and how to call it. */

import { describeTool, errors, exampleInput, type ToolName, tools } from "@humans2ai/core";

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

export interface Row {
  name: string;
  type: string;
  required: boolean;
  about: string;
}

/** The part of a tool that the docs speak of; the registry's own types differ from tool to tool. */
interface Registered {
  title: string;
  summary: string;
  who: readonly string[];
  permission: string | null;
  effect: string;
  money?: true;
  contract?: true;
  signIn?: "any" | "fresh";
  binary?: true;
  rest?: { method: string; path: string };
  refusals: readonly (keyof typeof errors)[];
}

export const registered = (name: ToolName) => tools[name] as unknown as Registered;

export const toolNames = Object.keys(tools) as ToolName[];
export const isToolName = (name: string): name is ToolName => Object.hasOwn(tools, name);

function typeOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
  if (schema.enum) return schema.enum.map(String).join(" · ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "anything"}`;
  return Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "anything");
}

/** What the type does not say: how much is too much, and what holds when it is left out. */
function boundsOf(schema: Schema): string[] {
  const { minimum, maximum, maxLength, maxItems, default: otherwise } = schema;
  return [
    minimum !== undefined && maximum !== undefined && `${minimum} to ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems}`,
    otherwise !== undefined && `default ${JSON.stringify(otherwise)}`,
  ].filter((part) => part !== false);
}

function rowsOf(schema: Schema): Row[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    type: [typeOf(field), ...boundsOf(field)].join(", "),
    required: schema.required?.includes(name) ?? false,
    about: field.description ?? "",
  }));
}

/** What a tool answers; and, if it has one, what its dry run does. */
const repliesOf = (schema: Schema): Schema[] => schema.anyOf ?? [schema];

/** Groups of tools, as the index shows them. */
export function toolGroups(): { title: string; names: ToolName[] }[] {
  const shown = toolNames.filter((name) => !registered(name).who.every((role) => role === "clock"));
  const contract = shown.filter((name) => registered(name).contract);
  const others = shown.filter((name) => !registered(name).contract);
  const forRole = (role: string, but: readonly string[]) =>
    others.filter((n) => registered(n).who.includes(role) && !registered(n).who.some((r) => but.includes(r)));
  return [
    { title: "The contract", names: contract },
    { title: "Also for agents and their owners", names: forRole("agent", []) },
    { title: "For humans", names: forRole("human", ["agent"]) },
    { title: "For admins", names: forRole("admin", ["agent", "human"]) },
    {
      title: "For everybody",
      names: others.filter((n) => !registered(n).who.some((r) => ["agent", "human", "admin"].includes(r))),
    },
  ].filter(({ names }) => names.length > 0);
}

/** One tool, for its page. `site` is where this server is reached. */
export function toolDoc(name: ToolName, site: string, now: Date) {
  const tool = registered(name);
  const { inputSchema, outputSchema } = describeTool(name);
  const [reply = {}, dryRun] = repliesOf(outputSchema);
  return {
    name,
    ...tool,
    input: rowsOf(inputSchema as Schema),
    output: rowsOf(reply),
    dryRunOutput: dryRun ? rowsOf(dryRun) : null,
    outputSchema: JSON.stringify(outputSchema, null, 2),
    errors: tool.refusals.map((code) => ({
      code,
      http: errors[code].http,
      retry: Boolean(errors[code].retry),
    })),
    examples: tool.binary ? [] : examples(name, exampleInput(name, now), site),
  };
}

export type ToolDoc = ReturnType<typeof toolDoc>;

function examples(name: ToolName, input: Record<string, unknown>, site: string) {
  const { who, money } = registered(name);
  const anonymous = who.includes("anonymous");
  const body = JSON.stringify({ tool: name, input }, null, 2);
  const shell = body.replaceAll("'", `'"'"'`);
  const url = `${site}/api/v1/mcp`;
  const curl = [
    `curl ${url}`,
    ...(anonymous ? [] : ['-H "Authorization: Bearer $API_KEY"']),
    ...(money ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    '-H "Content-Type: application/json"',
    `-d '${shell}'`,
  ].join(" \\\n  ");
  const ts = [
    `const response = await fetch("${url}", {`,
    '  method: "POST",',
    "  headers: {",
    ...(anonymous ? [] : ['    Authorization: "Bearer " + process.env.API_KEY,']),
    ...(money ? ['    "Idempotency-Key": crypto.randomUUID(),'] : []),
    '    "Content-Type": "application/json",',
    "  },",
    `  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),`,
    "});",
    "const { result, error } = await response.json();",
    'if (error) throw new Error(error.code + ": " + error.message);',
  ].join("\n");
  const python = [
    `import ${["json", ...(anonymous ? [] : ["os"]), "urllib.request", ...(money ? ["uuid"] : [])].join(", ")}`,
    "",
    "request = urllib.request.Request(",
    `    "${url}",`,
    `    data=json.dumps({"tool": "${name}", "input": json.loads(r"""${JSON.stringify(input, null, 2)}""")}).encode(),`,
    "    headers={",
    ...(anonymous ? [] : [`        "Authorization": f"Bearer {os.environ['API_KEY']}",`]),
    ...(money ? ['        "Idempotency-Key": str(uuid.uuid4()),'] : []),
    '        "Content-Type": "application/json",',
    "    },",
    ")",
    'result = json.load(urllib.request.urlopen(request))["result"]',
  ].join("\n");
  return [
    { title: "curl", language: "sh", text: curl },
    { title: "TypeScript", language: "ts", text: ts },
    { title: "Python", language: "python", text: python },
  ];
}
