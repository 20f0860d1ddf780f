import { Alertmanager, configuration } from "./alertmanager.ts";
import type { Notice } from "./count.ts";
import { PolicyTime } from "./policyTime.ts";
import { type Receiver, serveReceiver } from "./receiver.ts";
import { type Case, confirmedSeconds, type Failure, failures, fault, flood, lastsSeconds, readingSeconds, restart } from "./schedule.ts";

interface Stage {
	readonly time: PolicyTime;
	readonly scale: number;
	readonly signal: AbortSignal;
	readonly alertmanager: Alertmanager;
	readonly receiver: Receiver;
}

const copiesAtOnce = 100;
/** Prometheus lets an alert end by itself when it was not renewed for four of its resends. */
const renewals = 4;

/** Plays the case through an Alertmanager in real time, `scale` times as fast as the policy says; returns what reached people, by both its receivers. */
export async function playPeer(given: Case, binary: string, scale: number, signal: AbortSignal): Promise<readonly Notice[]> {
	const time = new PolicyTime(scale, signal);
	const receiver = await serveReceiver(time);
	const alertmanager = await Alertmanager.make(binary, configuration(receiver, scale));
	try {
		await alertmanager.start(signal);
		time.begin();
		const stage = { time, scale, signal, alertmanager, receiver };
		await Promise.all([reportFailures(stage), breakThings(stage, given), time.until(lastsSeconds)]);
		return receiver.notices();
	} finally {
		await alertmanager.end();
		await receiver.close();
	}
}

/** As Prometheus with one reading a minute: every failure that is confirmed is given again with each. */
async function reportFailures({ time, scale, alertmanager }: Stage): Promise<void> {
	for (let at = readingSeconds; at < lastsSeconds; at += readingSeconds) {
		await time.until(at);
		const failing = failures.filter((failure) => confirmedSeconds(failure) <= at);
		if (failing.length > 0) await alertmanager.post(failing.map((failure) => alertOf(failure, scale)));
	}
}

function alertOf({ name }: Failure, scale: number): object {
	const endsAt = new Date(Date.now() + (renewals * readingSeconds * 1000) / scale).toISOString();
	return { labels: { alertname: "TrunkDown", entity: name, severity: "high" }, endsAt };
}

async function breakThings({ time, scale, signal, alertmanager, receiver }: Stage, { kind }: Case): Promise<void> {
	switch (kind) {
		case "nothing":
			return;
		case "restart":
			await time.until(restart.killedSeconds);
			await alertmanager.kill();
			await time.until(restart.backSeconds);
			return alertmanager.start(signal);
		case "flood":
			return repeatAlert(time, scale, alertmanager);
		default:
			await time.until(fault.fromSeconds);
			receiver.setFault(kind);
			await time.until(fault.untilSeconds);
			receiver.setFault(undefined);
	}
}

/** The first failure again and again, in requests of a hundred. */
async function repeatAlert(time: PolicyTime, scale: number, alertmanager: Alertmanager): Promise<void> {
	const [first] = failures;
	if (first === undefined) return;
	const requests = flood.times / copiesAtOnce;
	for (let request = 0; request < requests; request += 1) {
		await time.until(flood.fromSeconds + (request * flood.forSeconds) / requests);
		await alertmanager.post(Array.from({ length: copiesAtOnce }, () => alertOf(first, scale)));
	}
}
