/** Calls of the ledger that are made side by side. */
export const callsAtOnce = 16;

/**
 * Works through a list in its order, at most so many items at once. After a work that rejects none is begun any more; what is under way
 * then ends first, and the first rejection is thrown.
 */
export async function sideBySide<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
	const waiting = items.values();
	const failures: { readonly error: unknown }[] = [];
	const worker = async (): Promise<void> => {
		for (const item of waiting) {
			try {
				await work(item);
			} catch (error) {
				failures.push({ error });
			}
			if (failures.length > 0) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
	const [first] = failures;
	if (first !== undefined) throw first.error;
}
