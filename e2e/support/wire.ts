/** What the stories read of the public contract. */

export interface Task {
  id: string;
  status: string;
  escrowId: string;
  agentId: string;
  humanId: string | null;
  budget: number;
}
export interface StoredFile {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  url: string;
}
export interface TaskDetail extends Task {
  submission: { text: string; links: string[]; files: StoredFile[] } | null;
  submissions: unknown[];
  rejectionReason: string | null;
  history: { action: string; by: string; reason: string | null }[];
}
export interface Applications {
  total: number;
  applications: { id: string; humanId: string; status: string; message: string }[];
}
export interface Messages {
  total: number;
  messages: { senderRole: string; content: string }[];
}
export interface Wallet {
  balance: number;
  frozenBalance: number;
  totalEarned: number;
  totalSpent: number;
  currency: string;
}
export interface Settled {
  task: Task;
  message: string;
  payment: { humanPayout: number; platformFee: number; total: number };
}
export interface Session {
  user: { id: string; email: string; displayName: string };
  idToken: string;
}
export interface Registered extends Session {
  apiKey: { key: string; permissions: string[] };
}
