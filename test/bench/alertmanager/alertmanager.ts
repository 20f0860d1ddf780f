import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fault, repeatSeconds } from "./schedule.ts";

/** Where its notices go. */
export interface Targets {
	readonly pagerdutyUrl: string;
	readonly webhookUrl: string;
	readonly routingKey: string;
}

export const groupWaitSeconds = 30;
/** As long as the fault: Alertmanager gives up a notice that it could not send after so long, and begins anew. */
export const groupIntervalSeconds = fault.untilSeconds - fault.fromSeconds;
/** Below this group_interval Alertmanager no longer takes it for its patience with a receiver (`notify.MinTimeout`). */
export const leastPatienceSeconds = 10;

const host = "127.0.0.1";
const readyMilliseconds = 10_000;

/** The version that the binary names; undefined where there is none. */
export function versionOf(binary: string): string | undefined {
	const { stdout, stderr, error } = spawnSync(binary, ["--version"], { encoding: "utf8" });
	if (error !== undefined) return undefined;
	return /version (\S+)/.exec(`${stdout}${stderr}`)?.[1] ?? "of unknown version";
}

/** Its configuration, with times of the policy in `scale`ths. */
export function configuration({ pagerdutyUrl, webhookUrl, routingKey }: Targets, scale: number): string {
	const scaled = (seconds: number): string => `${Math.round((seconds * 1000) / scale)}ms`;
	return `route:
  receiver: pagerduty
  group_by: [alertname, entity]
  group_wait: ${scaled(groupWaitSeconds)}
  group_interval: ${scaled(groupIntervalSeconds)}
  repeat_interval: ${scaled(repeatSeconds)}
  routes:
    - { receiver: pagerduty, continue: true }
    - { receiver: webhook }
receivers:
  - name: pagerduty
    pagerduty_configs:
      - { url: "${pagerdutyUrl}", routing_key: "${routingKey}", description: "{{ .CommonLabels.entity }}", severity: error }
  - name: webhook
    webhook_configs:
      - { url: "${webhookUrl}" }
`;
}

/** One Alertmanager with a folder and a port of its own, which outlive a restart. */
export class Alertmanager {
	readonly #binary: string;
	readonly #folder = mkdtempSync(join(tmpdir(), "bench-alertmanager-"));
	readonly #port: number;
	#child: ChildProcess | undefined;

	private constructor(binary: string, port: number, config: string) {
		this.#binary = binary;
		this.#port = port;
		writeFileSync(join(this.#folder, "alertmanager.yml"), config);
	}

	static async make(binary: string, config: string): Promise<Alertmanager> {
		return new Alertmanager(binary, await freePort(), config);
	}

	/** Starts the process, and comes back once it is ready. Throws Error where it is not in time. */
	async start(signal: AbortSignal): Promise<void> {
		const child = spawn(
			this.#binary,
			[
				`--config.file=${join(this.#folder, "alertmanager.yml")}`,
				`--storage.path=${join(this.#folder, "data")}`,
				`--web.listen-address=${host}:${this.#port}`,
				"--cluster.listen-address=",
				"--log.level=error",
			],
			{ stdio: "ignore" },
		);
		child.on("error", () => undefined);
		this.#child = child;
		const deadline = Date.now() + readyMilliseconds;
		while (!(await this.#isReady())) {
			if (Date.now() > deadline || child.exitCode !== null)
				throw new Error(`Expected Alertmanager to be ready within ${readyMilliseconds / 1000} s, got nothing on port ${this.#port}`);
			await wait(50, undefined, { signal });
		}
	}

	/** Gives it alerts as Prometheus does; what it does not take is given again with the next reading. */
	async post(alerts: readonly object[]): Promise<void> {
		const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(alerts) };
		await fetch(`http://${host}:${this.#port}/api/v2/alerts`, init).then(
			(response) => response.arrayBuffer(),
			() => undefined,
		);
	}

	/** Ends the process at once, as a crash does; what it has not written is lost. */
	async kill(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, "exit");
		if (child.kill("SIGKILL")) await exited;
	}

	async end(): Promise<void> {
		await this.kill();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #isReady(): Promise<boolean> {
		return fetch(`http://${host}:${this.#port}/-/ready`).then(
			({ ok }) => ok,
			() => false,
		);
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, host, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
