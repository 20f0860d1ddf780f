/** One price in US dollars of one `unit`. */
export interface Price {
	readonly usd: number;
	readonly unit: string;
	/** The page to look at. */
	readonly page: string;
	/** The day on which it was read; `assumed` where no page was read, and it is what people say. */
	readonly read: string;
	readonly isAssumed?: true;
}

export const priceNames = [
	"lambda-run",
	"lambda-arm64-gigabyte-second",
	"lambda-x86_64-gigabyte-second",
	"write-unit",
	"read-unit",
	"table-gigabyte",
	"backup-gigabyte",
	"queue-request",
	"scheduled-run",
	"partner-rule",
	"secret",
	"secret-read",
	"key",
	"key-use",
	"notice",
	"log-gigabyte",
	"log-storage-gigabyte",
	"alarm-metric",
	"custom-metric",
	"dashboard",
	"sent-gigabyte",
] as const;
export type PriceName = (typeof priceNames)[number];
export type PriceList = Readonly<Record<PriceName, Price>>;

const aws = (path: string): string => `https://aws.amazon.com/${path}/pricing/`;

/** By name: unit, page, and the US dollars in Northern Virginia and in Frankfurt. List prices, the first tier, no free allowance taken off. */
const table: Readonly<Record<PriceName, readonly [unit: string, page: string, virginia: number, frankfurt: number]>> = {
	"lambda-run": ["run", aws("lambda"), 0.2e-6, 0.2e-6],
	"lambda-arm64-gigabyte-second": ["GB-s", aws("lambda"), 0.0000133334, 0.0000133334],
	"lambda-x86_64-gigabyte-second": ["GB-s", aws("lambda"), 0.0000166667, 0.0000166667],
	"write-unit": ["write request unit", aws("dynamodb"), 0.625e-6, 0.7625e-6],
	"read-unit": ["read request unit", aws("dynamodb"), 0.125e-6, 0.1525e-6],
	"table-gigabyte": ["GB-month", aws("dynamodb"), 0.25, 0.306],
	"backup-gigabyte": ["GB-month", aws("dynamodb"), 0.2, 0.2448],
	"queue-request": ["request", aws("sqs"), 0.4e-6, 0.4e-6],
	"scheduled-run": ["run", aws("eventbridge"), 1e-6, 1e-6],
	// Events of partners cost nothing to take in.
	"partner-rule": ["rule", aws("eventbridge"), 0, 0],
	secret: ["secret and month", aws("secrets-manager"), 0.4, 0.4],
	"secret-read": ["call", aws("secrets-manager"), 5e-6, 5e-6],
	key: ["key and month", aws("kms"), 1, 1],
	"key-use": ["call", aws("kms"), 3e-6, 3e-6],
	notice: ["delivery by e-mail or HTTPS", aws("sns"), 20e-6, 20e-6],
	"log-gigabyte": ["GB", aws("cloudwatch"), 0.5, 0.63],
	"log-storage-gigabyte": ["GB-month", aws("cloudwatch"), 0.03, 0.0324],
	"alarm-metric": ["metric of an alarm and month", aws("cloudwatch"), 0.1, 0.1],
	"custom-metric": ["metric and month", aws("cloudwatch"), 0.3, 0.3],
	dashboard: ["dashboard and month", aws("cloudwatch"), 3, 3],
	"sent-gigabyte": ["GB to the internet", aws("ec2/on-demand"), 0.09, 0.09],
};

/** What was read of AWS's price list of Frankfurt, as of this day. */
const frankfurtRead = "2026-09-11";
const inPriceList: ReadonlySet<PriceName> = new Set([
	"lambda-run",
	"lambda-arm64-gigabyte-second",
	"write-unit",
	"read-unit",
	"table-gigabyte",
	"backup-gigabyte",
	"queue-request",
	"log-gigabyte",
	"log-storage-gigabyte",
	"alarm-metric",
]);
/** Named by public text about Northern Virginia that was read on this day; the others are what was remembered then. */
const virginiaRead = "2026-11-28";
const inPublicText: ReadonlySet<PriceName> = new Set([
	"lambda-run",
	"lambda-arm64-gigabyte-second",
	"lambda-x86_64-gigabyte-second",
	"write-unit",
	"read-unit",
	"table-gigabyte",
	"queue-request",
	"scheduled-run",
	"partner-rule",
	"secret",
	"secret-read",
	"key",
	"key-use",
	"notice",
	"log-gigabyte",
	"custom-metric",
	"dashboard",
]);

export const knownRegions = ["us-east-1", "eu-central-1"] as const;
type KnownRegion = (typeof knownRegions)[number];

const read: Readonly<Record<KnownRegion, { readonly on: string; readonly names: ReadonlySet<PriceName> }>> = {
	"us-east-1": { on: virginiaRead, names: inPublicText },
	"eu-central-1": { on: frankfurtRead, names: inPriceList },
};

/** The prices of a region; undefined where they are not known. With `factor` those of Northern Virginia times it, for any region. */
export function pricesIn(region: string, factor?: number): PriceList | undefined {
	const known = factor === undefined ? knownRegions.find((each) => each === region) : "us-east-1";
	if (known === undefined) return undefined;
	const { on, names } = read[known];
	const priceOf = (name: PriceName): Price => {
		const [unit, page, virginia, frankfurt] = table[name];
		const usd = (known === "us-east-1" ? virginia : frankfurt) * (factor ?? 1);
		const isRead = names.has(name) && factor === undefined;
		return isRead ? { usd, unit, page, read: on } : { usd, unit, page, read: virginiaRead, isAssumed: true };
	};
	return Object.fromEntries(priceNames.map((name) => [name, priceOf(name)])) as Record<PriceName, Price>;
}
