/** What no person types in a chat about work: the tags, roles and calls that models and their programs speak in. */

/** As it was written, with its line ends. Each is enough by itself. */
const CERTAIN = [
  /<\|\s*\w+\s*\|>|\[\/?INST\]|<<\/?SYS>>|<\/?s>\s*\[/i,
  /<\/?(system|assistant|tool_?results?|tool_?calls?|function_?calls?|function_?results?|function_?response|invoke|instructions?|system-?\w+|untrusted\w*|operator|antml:\w+|admin|developer|thinking|scratchpad|user_?message|prompt|im_start|im_end)(\s[^>]{0,80})?>/i,
  /"(role)"\s*:\s*"(system|assistant|developer|tool)"/i,
  /"(tool|method|name|function|action|tool_name)"\s*:\s*"(tools\/call|\w*(approve|release|select_applicant|create_task|cancel_task|submission|confirmation|transfer|payment)\w*)"/i,
  /(^|\n|[.!?\]}>-]\s+)\s*[#*[>-]*\s*(SYSTEM|System prompt|System message|[Aa]ssistant|ASSISTANT|DEVELOPER|OPERATOR|system (?:notice|message|prompt|override|instruction)|developer (?:message|note|mode))(\s+(message|prompt|notice|instruction|action|override|note))?\s*[\]*]*\s*[:：]\s*\S/,
  /(^|\n)\s*(thought|action|observation)\s*:[\s\S]{0,300}\n?\s*(action|thought|action input)\s*:/i,
  /\[(system|assistant)\]\(|%%\s{0,3}(system|admin|assistant)|<\/?(user|ai|human)>|<\|endoftext\|>|end of (worker|human|user|proof|applicant)/i,
  /thought: i (should|must)|next_call/i,
  /\[\s*(system|admin|assistant|developer|operator)( (notice|message|note|prompt|override|action))?\s*\]/i,
  /```\s*(system|assistant|tool|prompt)/i,
  /(^|\n)\s*#{1,6}\s*(system|instructions?|response|assistant|new instructions?|override)\s*:?\s*(\n|$)/i,
  /(^|\n)\s*(human|user)\s*:[\s\S]{0,400}?\b(assistant|ai|model)\s*:/i,
  /\b(begin|start|end)( of)? (the )?(system|untrusted|tool|prompt|user|assistant|instruction)s?[ _-]?(prompt|message|text|data|input|output|result|block)?\b/i,
  /⟦|⟧|\[\[\/?untrusted/i,
  /(^|\n)\s*-{2,}\s*(new|end of) (message|data|text|proof|input|document)/i,
  /tool[ _](output|result|response)s?\s*:/i,
];

/** Shown to nobody but a program: comments, titles, hidden elements. What is in them is read with more suspicion. */
const HIDDEN =
  /<!--([\s\S]{1,600}?)-->|\[\/\/\]:\s*#\s*\(([^)]{1,600})\)|\]\([^)\s]+\s+"([^"]{1,600})"\)|<[^<>]{1,300}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|hidden)[^<>]{0,300}>([^<]{1,600})|\[comment\]:\s*<>\s*\(([^)]{1,600})\)|alt="([^"]{30,600})"/gi;

export const hasMarkup = (text: string): boolean => CERTAIN.some((pattern) => pattern.test(text));

export const concealedParts = (text: string): string[] =>
  [...text.matchAll(HIDDEN)].map((found) => found.slice(1).find(Boolean) ?? "");

/** An address or picture that would carry what the reader knows to somebody else. */
const CARRIER = /[?&=].*(<|\{|\[|\$|system|prompt|conversation|secret|token|api|history|data=)/i;
const APPENDED = /^\s*(followed by|\+|plus|with) (your|the)/i;
const ADDRESS = /https?:\/\/\S{1,500}/gi;
export function carriesOut(text: string): boolean {
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const end = index + address.length;
    if (CARRIER.test(address) || APPENDED.test(text.slice(end, end + 40))) return true;
  }
  return false;
}

const CALL =
  /\b(approve|reject|select|cancel|create|request|release|submit|resolve|send|get|list)_(submission|applicants?|task|confirmation|payment|proof|dispute|messages?|wallet|transactions|tasks|escrow|funds)\b/i;
const CAMEL =
  /\b(approve|reject|select|cancel|release|request)(Submission|Applicant|Task|Confirmation|Payment|Escrow|Funds)\b/;
/** Names a tool of this product. */
export const namesTool = (text: string): boolean => CALL.test(text) || CAMEL.test(text);
