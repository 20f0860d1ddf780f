/**
 * What neither the program nor the offline world says. Each is a number that can be wrong: the report lists them.
 * Dates are those on which somebody last looked.
 */
export const assumptions = {
	/** A month, as AWS's own price examples count it. */
	hoursAMonth: 730,
	/** A function has one core at this memory, and a part of one below it. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (2026-11-28) */
	megabytesOfOneCore: 1769,
	/** Milliseconds of one core for each call that leaves a function: 0.8 to 2 were measured with real clients (2026-11). */
	computingMillisecondsACall: 2,
	/** Milliseconds of one core for each trunk that a poll judges: 0.04 were measured, the emulators included (2026-11). */
	computingMillisecondsATrunk: 0.1,
	/** A cold start: 0.13 to 0.2 s of one core were measured; AWS bills it like a run (2026-11). */
	coldStartMilliseconds: 500,
	/** How often an execution environment is replaced although it is used every minute. */
	coldStartsADay: 12,
	/** Lambda asks a queue by five long polls of 20 seconds while nothing waits. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html (2026-11-28) */
	emptyReceivesAMinute: 15,
	/** Lambda's own lines of the log for each run: start, report, end. */
	platformBytesARun: 900,
	/** Bytes that leave AWS with one HTTPS request: its headers, its body, its part of a connection. */
	bytesARequest: 2500,
	/** DynamoDB asks the key of an encrypted table at most this often for each function that uses it. https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html (2026-11-28) */
	keyUsesAnHour: 12,
} as const;
