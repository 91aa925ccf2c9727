import * as v from 'valibot';

/** High findings that do not concern what ships, by their advisory's address, each with the reason. */
export const explained: Readonly<Record<string, string>> = {};

const advisory = v.object({ title: v.string(), url: v.string(), severity: v.string() });
const report = v.object({
  vulnerabilities: v.record(
    v.string(),
    v.object({ severity: v.string(), via: v.array(v.union([v.string(), advisory])) }),
  ),
});
const failure = v.object({ message: v.string() });

/** `clean`: no high finding without a reason; `unknown`: nobody could be asked. */
export interface Verdict {
  readonly state: 'clean' | 'found' | 'unknown';
  readonly sentences: readonly string[];
}

const grave = ['high', 'critical'];

/** What `npm audit --json` said, as a verdict on what ships. */
export function verdictOn(output: string, reasons: Readonly<Record<string, string>> = explained): Verdict {
  let told: unknown;
  try {
    told = JSON.parse(output);
  } catch {
    return unknown('npm gave no answer that could be read');
  }
  const found = v.safeParse(report, told);
  if (!found.success) {
    const failed = v.safeParse(failure, told);
    return unknown(failed.success ? failed.output.message : 'npm gave an answer of another kind');
  }
  const sentences: string[] = [];
  let open = 0;
  for (const [name, { severity, via }] of Object.entries(found.output.vulnerabilities)) {
    if (!grave.includes(severity)) continue;
    for (const cause of via) {
      // By a package below it, which has an entry of its own.
      if (typeof cause === 'string' || !grave.includes(cause.severity)) continue;
      const reason = reasons[cause.url];
      if (reason === undefined) open++;
      sentences.push(
        `${name}: ${cause.title} (${cause.severity}, ${cause.url})${reason ? `: ${reason}` : ''}`,
      );
    }
  }
  return { state: open > 0 ? 'found' : 'clean', sentences };
}

function unknown(why: string): Verdict {
  const sentence =
    `Nothing was checked: ${why}. The registry that npm is configured with has to answer audits; ` +
    'run it where it does.';
  return { state: 'unknown', sentences: [sentence] };
}
