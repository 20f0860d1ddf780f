import type { Ledger } from "../../../functions/pipeline/ports.ts";
import { seconds } from "./fixtures.ts";

/** A ledger on which somebody else acts just before, or just after, the first write to a key. */
export const interfering =
	(wanted: string, when: "before" | "after", act: (ledger: Ledger) => Promise<unknown>) =>
	(ledger: Ledger): Ledger => {
		let acted = false;
		return {
			...ledger,
			write: async (key, ...rest) => {
				const now = key === wanted && !acted;
				if (now) acted = true;
				if (now && when === "before") await act(ledger);
				const answer = await ledger.write(key, ...rest);
				if (now && when === "after") await act(ledger);
				return answer;
			},
		};
	};

/** Changes a part of what is stored, as another function would. */
export async function overwrite(ledger: Ledger, key: string, by: object): Promise<void> {
	const stored = await ledger.read(key);
	await ledger.write(key, { ...Object(stored?.value), ...by }, stored?.version ?? 0, { dueAt: seconds(0) });
}
