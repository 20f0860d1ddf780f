import { expect, test } from "vitest";
import { sideBySide } from "../../../../functions/pipeline/limits/sideBySide.ts";

/** Works that end when they are told to. */
function works() {
	const begun: number[] = [];
	const ends = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
	const work = (item: number): Promise<void> => {
		begun.push(item);
		return new Promise((resolve, reject) => ends.set(item, { resolve, reject }));
	};
	const turns = async (): Promise<void> => {
		for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
	};
	return { begun, ends, work, turns };
}

test("begins so many at once, in their order, and the next when one has ended", async () => {
	const { begun, ends, work, turns } = works();
	const done = sideBySide([1, 2, 3, 4], 2, work);
	await turns();
	expect(begun).toEqual([1, 2]);
	ends.get(2)?.resolve();
	await turns();
	expect(begun).toEqual([1, 2, 3]);
	for (const item of [1, 3]) ends.get(item)?.resolve();
	await turns();
	ends.get(4)?.resolve();
	await expect(done).resolves.toBeUndefined();
});

test("begins none after a failure, waits for those under way, and throws the first failure", async () => {
	const { begun, ends, work, turns } = works();
	let isOver = false;
	const done = sideBySide([1, 2, 3, 4], 2, work).finally(() => {
		isOver = true;
	});
	done.catch(() => undefined);
	await turns();
	ends.get(2)?.reject(new Error("the first"));
	await turns();
	expect([begun, isOver]).toEqual([[1, 2], false]);
	ends.get(1)?.reject(new Error("the second"));
	await expect(done).rejects.toThrow("the first");
	expect(begun).toEqual([1, 2]);
});

test("nothing to do is done", async () => {
	await expect(sideBySide([], 3, () => Promise.reject(new Error("never")))).resolves.toBeUndefined();
});
