import type { Row as Told } from "../alertmanager/table.ts";
import { NotMeasured, type Row, type Suite } from "../suite.ts";
import { node } from "../timed.ts";

const wrongInput = 2;

/** How soon somebody is told, beside Prometheus Alertmanager under the same failures and faults. */
export const alertmanager: Suite = {
	name: "alertmanager",
	title: "Beside Alertmanager",
	howToRead:
		"The median time from a failure to its first notice at PagerDuty, as the policy counts it, beside Alertmanager's in the same case. Below 1 this system is sooner. What was lost and told twice, how both were set, and what is not compared: [reliability.md](reliability.md#beside-alertmanager).",
	measure: async () => {
		const { status, out } = await node("--import", "./assert-node.mjs", "test/bench/alertmanager/bench.ts", "--json");
		if (status === wrongInput)
			throw new NotMeasured("there is no Alertmanager on this machine (npm run bench:alertmanager says how to get it)");
		if (status !== 0) throw new NotMeasured(`npm run bench:alertmanager ended with status ${status}`);
		const { rows }: { readonly rows: readonly Told[] } = JSON.parse(out);
		return [...Map.groupBy(rows, (row) => row.case)].flatMap(([, told]) => rowOf(told));
	},
};

const ours = "runbooks → PagerDuty, else SMS";
const theirs = "Alertmanager → PagerDuty";

/** Nothing where one of both told nobody. */
function rowOf(told: readonly Told[]): readonly Row[] {
	const of = (system: string): Told | undefined => told.find((row) => row.system === system);
	const [own, other] = [of(ours), of(theirs)];
	if (own?.medianSeconds === undefined || other?.medianSeconds === undefined) return [];
	return [{ what: own.case, figure: own.medianSeconds, unit: "s", baseline: theirs, baselineFigure: other.medianSeconds, machine: "this" }];
}
