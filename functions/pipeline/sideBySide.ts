/** Works through a list in its order, at most so many items at once. Rejects with what a work rejects with; the other works go on then. */
export async function sideBySide<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
	const waiting = items.values();
	const worker = async (): Promise<void> => {
		for (const item of waiting) await work(item);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
