import { type Finding, fails, holds, isRead, judged, type Read, type Subject, unchecked } from "../finding.ts";
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

/** A region that nobody names. */
export const withoutRegion: Finding = unchecked(
	about("account", "account and region"),
	"neither aws:region nor AWS_REGION is set",
	"pulumi config set aws:region <region>",
);
