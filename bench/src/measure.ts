/** Paired measuring: subject and bare limit take turns in the same run, and only their ratio is quoted. */

export interface Round {
  perSecond: number;
  p99Ms: number;
  /** CPU time of the measured process per operation; only where it is a process of its own, on Linux. */
  cpuUs: number | null;
}

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  return sorted.length % 2 ? sorted[mid]! : (sorted[mid - 1]! + sorted[mid]!) / 2;
};

/** Runs `total` operations with `inFlight` at a time. */
export async function round(
  total: number,
  inFlight: number,
  op: (i: number) => Promise<unknown>,
): Promise<Round> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < total; i = next++) {
      const start = performance.now();
      await op(i);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: total / seconds, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0, cpuUs: null };
}

export interface Pair {
  name: string;
  /** The ratio that it should reach; null where there is none. */
  goal: number | null;
  ratio: number;
  low: number;
  high: number;
  subject: Round;
  bare: Round;
}

/** Several pairs of rounds, bare first and second in turn; ratio = subject / bare, its median and range. */
export async function paired(
  name: string,
  goal: number | null,
  pairs: number,
  bare: () => Promise<Round>,
  subject: () => Promise<Round>,
): Promise<Pair> {
  await bare();
  await subject(); // warm-up, not counted
  const ratios: number[] = [];
  const rounds = { subject: [] as Round[], bare: [] as Round[] };
  for (let i = 0; i < pairs; i++) {
    const order = i % 2 ? [subject, bare] : [bare, subject];
    const [first, second] = [await order[0]!(), await order[1]!()];
    const [s, b] = i % 2 ? [first, second] : [second, first];
    ratios.push(s.perSecond / b.perSecond);
    rounds.subject.push(s);
    rounds.bare.push(b);
  }
  return {
    name,
    goal,
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    subject: middle(rounds.subject),
    bare: middle(rounds.bare),
  };
}

function middle(list: Round[]): Round {
  const cpu = list.map((r) => r.cpuUs).filter((us) => us !== null);
  return {
    perSecond: median(list.map((r) => r.perSecond)),
    p99Ms: median(list.map((r) => r.p99Ms)),
    cpuUs: cpu.length > 0 ? median(cpu) : null,
  };
}
