/** The header in which server.ts tells Next the client's address; it overwrites whatever a client sends. */
export const CLIENT_IP = "x-humans2ai-client-ip";
