import { type Finding, fails, holds, isRead, judged, type Read, type Subject, unchecked } from "../finding.ts";
import type { SourceState } from "./eventSource.ts";
import type { Concurrency } from "./read.ts";

const about = (id: string, what: string): Subject => ({ id: `aws.${id}`, group: "AWS", what });

/** AWS keeps so many executions that no function may reserve (docs.aws.amazon.com, "Configuring reserved concurrency"). */
const keptUnreserved = 100;

/** `allowed`: the accounts of `aws:allowedAccountIds`; none where the stack names none. */
export function judgeAccount(region: string, allowed: readonly string[], read: Read<string>): Finding {
	const subject = about("account", "account and region");
	if (!isRead(read) && ["unauthorized", "forbidden"].includes(read.unread.reason))
		return fails(subject, read.unread.message, "Log in to AWS anew, as the deployment would.");
	return judged(subject, read, (account) => {
		if (allowed.length === 0) return holds(subject, `${account} in ${region}; aws:allowedAccountIds would hold it to that`);
		if (allowed.includes(account)) return holds(subject, `${account} in ${region}`);
		return fails(subject, `these are keys of ${account}`, `Use keys of ${allowed.join(" or ")}, or correct aws:allowedAccountIds.`);
	});
}

/** Whether the functions can reserve what they declare. */
export function judgeConcurrency(reserved: ReadonlyMap<string, number>, read: Read<Concurrency>): Finding {
	const subject = about("concurrency", "concurrent executions");
	const wanted = [...reserved.values()].reduce((sum, each) => sum + each, 0);
	return judged(subject, read, ({ total, unreserved, ours }) => {
		const needed = keptUnreserved + Math.max(0, wanted - ours);
		if (unreserved >= needed) return holds(subject, `${unreserved} of ${total} are free, ${needed} are needed`);
		return fails(
			subject,
			`${unreserved} of ${total} are free, ${needed} are needed`,
			"Ask for more: Service Quotas > AWS Lambda > Concurrent executions.",
		);
	});
}

/** Whether Genesys Cloud offers the event source, and whether a bus takes its events. */
export function judgeSource(name: string, read: Read<SourceState>): Finding {
	const subject = about(`event-source.${name}`, "event source of Genesys Cloud");
	return judged(subject, read, (state) => {
		if (state === "ACTIVE") return holds(subject, `${state}: ${name}`);
		if (state === "PENDING") return holds(subject, `${state}: it waits for the bus that the deployment makes`);
		if (state === "DELETED")
			return fails(subject, "the integration that offered it is gone", "pulumi refresh, then pulumi up: both are made anew.");
		const first = "It appears within minutes once the integration is enabled: where pulumi up stops at the bus before, run it again.";
		return unchecked(subject, `there is none called ${name}`, first);
	});
}

/** A region that nobody names. */
export const withoutRegion: Finding = unchecked(
	about("account", "account and region"),
	"neither aws:region nor AWS_REGION is set",
	"pulumi config set aws:region <region>",
);
