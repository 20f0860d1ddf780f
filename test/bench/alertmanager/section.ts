import { groupIntervalSeconds, groupWaitSeconds } from "./alertmanager.ts";
import { failures, lastsSeconds, repeatSeconds } from "./schedule.ts";
import { markdownTable, type Row } from "./table.ts";

/** What was measured, and how. */
export interface Measured {
	readonly alertmanager: string;
	readonly scale: number;
	readonly seed: number;
	readonly rows: readonly Row[];
}

/** The section of the document: the table, both sides' settings, and what it does not compare. */
export function sectionOf({ alertmanager, scale, seed, rows }: Measured): string {
	return `## Beside Alertmanager

\`npm run bench:alertmanager -- --write\` plays one schedule of failures and faults through Prometheus Alertmanager ${alertmanager} and through this system, and writes this table.
${failures.length} SIP trunks fail within five minutes and stay down; each is confirmed by its second reading, a minute after the first. All times are of the policy.

${markdownTable(rows)}

- **lost**: failures that nobody was told of within ${lastsSeconds / 60} minutes. **duplicates**: the same failure once more on the same channel, sooner than the policy repeats it. **two channels**: failures that came by PagerDuty *and* by SMS. **first notice**: from the failure itself, the two readings included, to the incident at PagerDuty, the delivered SMS or the webhook that was kept.
- **Alertmanager** runs in real time, ${scale} times as fast as the policy: \`group_wait\` ${groupWaitSeconds} s, \`group_interval\` ${groupIntervalSeconds} s, \`repeat_interval\` ${repeatSeconds} s (an hour; its default is four, with which what was accepted and lost would be told after four), \`group_by\` one failure, defaults otherwise. The ${groupWaitSeconds} s of \`group_wait\` are in its times: a setting, not a weakness. Every alert is given to it once a minute, as Prometheus does. Its waits between attempts cannot be scaled: they begin at half a second of real time and grow to a minute. So at this scale it makes fewer attempts during a fault, hence fewer duplicates, and comes back later after it, by up to three minutes of the policy. It gives up a hanging request after \`group_interval\`, but never before ten seconds.
- **This system** runs in the offline world, in virtual time (seed ${seed}, calls take time), with the settings of the stack \`dev\` and one tier. Where SMS comes second, the fault is PagerDuty's alone and SMS works; a failure comes by both when PagerDuty delivers later what was given up meanwhile.
- **Faults**: from the confirmation of the first failure, for five minutes. *Hangs* takes a request and never answers. *Lost* answers 2xx and keeps nothing. *Answer lost* keeps it and breaks the connection; in this system PagerDuty's reading API is at fault as well. *Killed*: Alertmanager by SIGKILL; here every function at its next call, and workflows that are launched within the minute fail.
- **Duplicates of a failure**: 10,000 copies of its alert in 100 requests there, 10,000 signed webhook requests here.
- **Not compared**: cost, throughput, what each can be set to do. Alertmanager groups and inhibits alerts, has silences and runs as a cluster; none of that is used. It does not escalate; so this policy lets nobody wait for the next tier. PagerDuty's side is the emulator of the rehearsals in both, with the same allowance.`;
}
