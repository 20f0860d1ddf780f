import { EdgeError } from "../functions/pipeline/ports.ts";

export const groups = ["Genesys Cloud", "Vendors", "AWS", "Assumptions"] as const;
export type Group = (typeof groups)[number];

/** `not-checked`: nobody has looked, so it is neither. */
export type Verdict = "holds" | "does-not-hold" | "not-checked";

/** What is looked at, by a name that stays the same from run to run. */
export interface Subject {
	readonly id: string;
	readonly group: Group;
	/** As people read it, short. */
	readonly what: string;
}

/** One check with its verdict. */
export interface Finding extends Subject {
	readonly verdict: Verdict;
	/** What was read, or why nothing was. Never a secret. */
	readonly why: string;
	/** What a person has to do; absent where there is nothing to do. */
	readonly remedy?: string;
}

export const holds = (subject: Subject, why = ""): Finding => ({ ...subject, verdict: "holds", why });

export const fails = (subject: Subject, why: string, remedy: string): Finding => ({ ...subject, verdict: "does-not-hold", why, remedy });

export const unchecked = (subject: Subject, why: string, remedy?: string): Finding => ({
	...subject,
	verdict: "not-checked",
	why,
	...(remedy === undefined ? {} : { remedy }),
});

/** Something that was read, or why it was not. */
export type Read<T> = { readonly value: T } | { readonly unread: EdgeError };

export const isRead = <T>(read: Read<T>): read is { readonly value: T } => "value" in read;

/** Reads; whatever an outside system answers is no error here. */
export async function reading<T>(work: () => Promise<T>): Promise<Read<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		if (error instanceof EdgeError) return { unread: error };
		throw error;
	}
}

/** What was read is judged; what was not read is not checked. */
export const judged = <T>(subject: Subject, read: Read<T>, judge: (value: T) => Finding): Finding =>
	isRead(read) ? judge(read.value) : unchecked(subject, read.unread.message);

/** The status that the process ends with. */
export const statusOf = (findings: readonly Finding[]): 0 | 1 => (findings.some(({ verdict }) => verdict === "does-not-hold") ? 1 : 0);
