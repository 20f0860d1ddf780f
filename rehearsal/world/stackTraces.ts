/**
 * Pulumi notes a stack trace for every promise and resource, in case one leaks: a third of a deployment's time, and nobody reads them here.
 * It sets the limit itself as well, so that is not heard either.
 */
export async function withoutStackTraces<T>(work: () => Promise<T>): Promise<T> {
	const before = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit");
	Object.defineProperty(Error, "stackTraceLimit", { configurable: true, get: () => 0, set: () => undefined });
	try {
		return await work();
	} finally {
		if (before !== undefined) Object.defineProperty(Error, "stackTraceLimit", before);
	}
}
