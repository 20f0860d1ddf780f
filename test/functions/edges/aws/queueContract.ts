import { describe, expect, test } from "vitest";
import type { BackOff, Delivery } from "../../../../functions/edges/http/backOff.ts";
import type { DispatchQueue } from "../../../../functions/pipeline/ports.ts";

/** A queue under test, with the receiver's side that Lambda has in AWS. */
export interface QueueUnderTest {
	readonly queue: DispatchQueue & BackOff;
	receive(): Promise<readonly (Delivery & { readonly body: string })[]>;
	/** How many messages there are that are neither delayed nor in flight, delayed, and in flight. */
	depth(): Promise<{ readonly visible: number; readonly delayed: number; readonly inFlight: number }>;
}

const message = { incidentKey: "inc:1:dev:trunk-down:4f1c", occurrence: 2 };

/** What every dispatch queue promises. `make` gives an empty one. */
export function queueContract(name: string, make: () => Promise<QueueUnderTest>): void {
	describe(name, () => {
		test("a message arrives once, as JSON of exactly what was sent, in its first delivery", async () => {
			const { queue, receive } = await make();
			await queue.send(message, 0);
			const received = await receive();
			expect(received.map(({ body, receiveCount }) => ({ body: JSON.parse(body), receiveCount }))).toEqual([
				{ body: message, receiveCount: 1 },
			]);
			expect(await receive()).toEqual([]);
		});

		test.each([1, 900])("a message with a delay of %i seconds is not there yet", async (delaySeconds) => {
			const { queue, receive, depth } = await make();
			await queue.send(message, delaySeconds);
			expect(await receive()).toEqual([]);
			expect(await depth()).toEqual({ visible: 0, delayed: 1, inFlight: 0 });
		});

		test.each([901, -1, 1.5, Number.NaN])("a delay of %d seconds is refused without a retry", async (delaySeconds) => {
			const { queue, depth } = await make();
			await expect(queue.send(message, delaySeconds)).rejects.toMatchObject({
				name: "EdgeError",
				reason: "rejected",
				retry: false,
				message: `SQS: expected a delay of 0 to 900 whole seconds, got ${delaySeconds}`,
			});
			expect(await depth()).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
		});

		test("a message that backs off stays in flight", async () => {
			const { queue, receive, depth } = await make();
			await queue.send(message, 0);
			for (const delivery of await receive()) await queue.backOff(delivery);
			expect(await receive()).toEqual([]);
			expect(await depth()).toEqual({ visible: 0, delayed: 0, inFlight: 1 });
		});

		test("a receipt handle that nobody was given is refused", async () => {
			const { queue } = await make();
			const backOff = queue.backOff({ receiptHandle: "none", receiveCount: 1 });
			await expect(backOff).rejects.toMatchObject({ name: "EdgeError", reason: "rejected", retry: false });
		});
	});
}
