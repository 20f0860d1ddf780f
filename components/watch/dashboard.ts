import { metricNamespace, watchedMetrics } from "../../contracts/metrics.ts";
import { functionNames } from "../functions/bundle.ts";
import { canonicalJson } from "../genesys/canonicalJson.ts";
import { journalMetric, lambdaMetric, type MetricName, queueMetric, scheduledFunctions, type Watched } from "./alarms.ts";

export interface DashboardParts extends Watched {
	/** Whose metrics are shown. */
	readonly region: string;
}

interface Line {
	readonly metric: MetricName;
	readonly label: string;
}

interface Graph {
	readonly title: string;
	readonly statistic: "Sum" | "Maximum";
	readonly lines: readonly Line[];
	/** Sums over all outcomes and functions, by their labels: events of the journal. */
	readonly events?: readonly string[];
}

const width = 12;
const height = 6;
/** Two graphs side by side. */
const columns = 2;

/** The body of the dashboard as CloudWatch takes it: what people on call ask first stands at the top. The same text for the same parts. */
export function dashboardBody(parts: DashboardParts): string {
	const widgets = graphsOf(parts).map((graph, index) => ({
		type: "metric",
		x: (index % columns) * width,
		y: Math.floor(index / columns) * height,
		width,
		height,
		properties: propertiesOf(graph, parts),
	}));
	return canonicalJson({ start: "-PT6H", widgets });
}

function graphsOf({ functions, queue, deadLetters, events }: Watched): readonly Graph[] {
	const names = functionNames.flatMap((kind) => {
		const name = functions[kind];
		return name === undefined ? [] : [{ kind, name }];
	});
	const ofFunctions = (metric: string): readonly Line[] =>
		names.map(({ kind, name }) => ({ metric: lambdaMetric(metric, name), label: kind }));
	const beating = names.filter(({ kind }) => scheduledFunctions.some((each) => each === kind));
	const ofJournal = (metric: string, of = names): readonly Line[] =>
		of.map(({ kind, name }) => ({ metric: journalMetric(metric, name), label: kind }));
	return [
		{ title: "Heartbeats", statistic: "Sum", lines: ofJournal(watchedMetrics.heartbeat, beating) },
		{ title: "Incidents", statistic: "Sum", lines: [], events: ["incident-opened", "taken-over", "incident-resolved"] },
		{ title: "Pages", statistic: "Sum", lines: [], events: ["page-sent", "page-proven", "page-unproven", "page-failed"] },
		{ title: "Error events", statistic: "Sum", lines: ofJournal(watchedMetrics.error) },
		{ title: "Errors", statistic: "Sum", lines: ofFunctions("Errors") },
		{ title: "Throttles", statistic: "Sum", lines: ofFunctions("Throttles") },
		{ title: "Longest runs", statistic: "Maximum", lines: ofFunctions("Duration") },
		{
			title: "Queue",
			statistic: "Maximum",
			lines: [
				{ metric: queueMetric("ApproximateAgeOfOldestMessage", queue), label: "oldest message, seconds" },
				{ metric: queueMetric("ApproximateNumberOfMessagesVisible", deadLetters), label: "dead letters" },
				...(events === undefined ? [] : linesOfEvents(events)),
			],
		},
		{ title: "Budget spent", statistic: "Sum", lines: ofJournal(watchedMetrics.budgetSpent) },
	];
}

const linesOfEvents = ({ queue, deadLetters }: NonNullable<Watched["events"]>): readonly Line[] => [
	{ metric: queueMetric("ApproximateAgeOfOldestMessage", queue), label: "oldest event, seconds" },
	{ metric: queueMetric("ApproximateNumberOfMessagesVisible", deadLetters), label: "dead events" },
];

function propertiesOf({ title, statistic, lines, events = [] }: Graph, { region, functions }: DashboardParts) {
	return {
		title,
		region,
		view: "timeSeries",
		period: 60,
		stat: statistic,
		metrics: [
			...lines.map(lineOf),
			...events.map((event) => [{ expression: sumOf(event, Object.values(functions)), label: event, id: idOf(event) }]),
		],
	};
}

const lineOf = ({ metric, label }: Line) => [metric.namespace, metric.name, ...Object.entries(metric.dimensions).flat(), { label }];

/** Of all functions of the stack and all outcomes: a search finds also those that are told for the first time tomorrow. */
function sumOf(event: string, names: readonly string[]): string {
	const services = names.map((name) => `service="${name}"`).join(" OR ");
	return `SUM(SEARCH('{"${metricNamespace}",service,outcome} MetricName="${event}" AND (${services})', 'Sum', 60))`;
}

const idOf = (event: string): string => event.replaceAll("-", "_");
