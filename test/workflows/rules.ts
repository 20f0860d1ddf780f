import type { Job, Step, Workflow } from "./workflow.ts";

/** What is let run beside our own scripts: each by its whole commit, looked up in the action's repository, with its version beside it. */
const pinned = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
/** What somebody outside writes, and could write a command into. */
const untrusted =
	/github\.(?:head_ref|event\.(?:pull_request\.(?:title|body|head\.(?:ref|label))|issue|comment|review|commits|head_commit|pages))/;
const longestMinutes = 60;
/** So that two deployments of one stack never meet. */
const deploys = (job: Job): boolean => job.steps.some(({ run }) => /\bpulumi (?:up|destroy|refresh|import)\b/.test(run ?? ""));
const takesRole = (job: Job): boolean => job.steps.some(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@") === true);
const usesSecrets = (job: Job): boolean => /\bsecrets\./.test(JSON.stringify(job));

/** Each rule that a workflow breaks, by its name, and where. */
export function violationsIn(workflow: Workflow): readonly string[] {
	const jobs = Object.entries(workflow.jobs);
	return [
		...ofWhole(workflow),
		...jobs.flatMap(([name, job]) => [...ofJob(job), ...job.steps.flatMap(ofStep)].map((rule) => `${rule} (${name})`)),
	];
}

function ofWhole({ on, permissions, defaults, text, concurrency, jobs }: Workflow): readonly string[] {
	const uses = text.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
	const waits = concurrency !== undefined || Object.values(jobs).every((job) => !deploys(job) || job.concurrency !== undefined);
	return [
		...("pull_request_target" in on || "workflow_run" in on ? ["no trigger that gives strangers' code our rights"] : []),
		...(permissions !== undefined && Object.keys(permissions).length === 0 ? [] : ["no permission but those of each job"]),
		...(defaults?.run.shell === "bash -euo pipefail {0}" ? [] : ["a shell that stops at the first failure"]),
		...(uses.every((line) => pinned.test(line)) ? [] : ["actions by their commit, with the version beside it"]),
		...(untrusted.test(text) ? ["nothing that a stranger words"] : []),
		...(waits ? [] : ["one deployment of a stack at a time"]),
	];
}

function ofJob(job: Job): readonly string[] {
	const { permissions, environment } = job;
	const minutes = job["timeout-minutes"];
	const asks = permissions?.["id-token"] === "write";
	const cancels = job.concurrency?.["cancel-in-progress"] === true;
	return [
		...(permissions === undefined ? ["permissions of its own"] : []),
		...(minutes !== undefined && minutes <= longestMinutes ? [] : [`at most ${longestMinutes} minutes`]),
		...(asks && !takesRole(job) ? ["id-token only where a role is taken"] : []),
		...(takesRole(job) && !asks ? ["a role by OpenID Connect"] : []),
		...((takesRole(job) || usesSecrets(job)) && environment === undefined ? ["secrets and roles of an environment"] : []),
		...(permissions?.contents === "write" ? ["no right to write to the repository"] : []),
		...(deploys(job) && cancels ? ["a deployment that is let end"] : []),
		...(deploys(job) && !job.steps.some(({ run }) => run?.includes("artifact -- verify") === true)
			? ["only what is verified is deployed"]
			: []),
	];
}

function ofStep({ uses, run, with: inputs }: Step): readonly string[] {
	return [
		...(run?.includes("${{") === true ? ["no expression inside a script"] : []),
		...(uses?.startsWith("actions/checkout@") === true && inputs?.["persist-credentials"] !== false ? ["no token left in the clone"] : []),
		...(JSON.stringify(inputs ?? {}).includes("secrets.") ? ["secrets only in the environment of a script"] : []),
	];
}
