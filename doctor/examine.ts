import type { AwsIdentity } from "../functions/edges/vendors/awsSignature.ts";
import type { StackFile } from "../rehearsal/scenario/stackFile.ts";
import type { ChannelKind } from "../vendors/kinds.ts";
import { judgeAssumptions } from "./assumptions.ts";
import { judgeAccount, judgeConcurrency, judgeSource, withoutRegion } from "./aws/judge.ts";
import { type AwsAccess, findIdentity, readAws } from "./aws/read.ts";
import { type Finding, isRead, type Read, unchecked } from "./finding.ts";
import type { GenesysAccess } from "./genesys/connection.ts";
import { judgeDataTable } from "./genesys/dataTables.ts";
import * as judge from "./genesys/judge.ts";
import { type GenesysReadings, readGenesys } from "./genesys/read.ts";
import { type Declared, type Needs, needsOf } from "./needs.ts";
import type { Track } from "./progress.ts";
import { judgeCredential } from "./vendors/judge.ts";
import { readVendors } from "./vendors/read.ts";

/** What the doctor may use to ask; what is absent is not checked. */
export interface Access {
	readonly genesys?: GenesysAccess;
	/** What the provider is told: `genesyscloud:awsRegion` of the stack, or GENESYSCLOUD_REGION. */
	readonly genesysRegion?: string;
	/** By the keys of the stack's secrets. */
	readonly secrets: Readonly<Record<string, string>>;
	readonly vendorFetch: (kind: ChannelKind) => typeof fetch;
	/** Absent: no AWS account is to be asked, for this reason. */
	readonly aws: AwsAccess | { readonly none: string };
	/** The accounts to which the stack holds its deployment; none where it does not. */
	readonly awsAccounts: readonly string[];
}

/** Asks the real systems whether they will accept what the program declares for a stack. It changes nothing anywhere. */
export async function examine(file: StackFile, resources: readonly Declared[], access: Access, track: Track): Promise<readonly Finding[]> {
	const { runtime, genesys } = file.settings;
	const needs = needsOf(resources, runtime, genesys.division);
	const [organization, vendors, aws] = await Promise.all([
		access.genesys === undefined ? undefined : readGenesys(access.genesys, needs, track),
		identityOf(access).then((identity) => readVendors(vendorAccess(file, access, identity), track)),
		examineAws(access, needs, track),
	]);
	return [
		...(organization === undefined ? [noClient] : genesysFindings(file, access, needs, organization)),
		...vendors.flatMap(judgeCredential),
		...aws,
		...judgeAssumptions({ settings: runtime, needs, genesys: organization?.readings }),
	];
}

const noClient = unchecked(
	{ id: "genesys.token", group: "Genesys Cloud", what: "token" },
	"no client was given",
	"Set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET to the deployer's.",
);

const vendorAccess = ({ settings }: StackFile, { secrets, vendorFetch }: Access, identity: AwsIdentity | undefined) => ({
	settings: settings.runtime,
	secrets,
	fetch: vendorFetch,
	...(identity === undefined ? {} : { identity }),
});

async function identityOf({ aws }: Access): Promise<AwsIdentity | undefined> {
	if ("none" in aws) return undefined;
	const identity = await findIdentity(aws);
	return isRead(identity) ? identity.value : undefined;
}

async function examineAws({ aws, awsAccounts }: Access, needs: Needs, track: Track): Promise<readonly Finding[]> {
	if ("none" in aws) return [unchecked({ id: "aws.account", group: "AWS", what: "account and region" }, aws.none)];
	if (aws.region === "") return [withoutRegion];
	const questions = { reserving: [...needs.reserved.keys()], sources: needs.eventSources };
	const { account, concurrency, sources } = await readAws(aws, questions, track);
	return [
		judgeAccount(aws.region, awsAccounts, account),
		judgeConcurrency(needs.reserved, concurrency),
		...[...sources].map(([name, read]) => judgeSource(name, read)),
	];
}

function genesysFindings(
	{ settings }: StackFile,
	{ genesysRegion }: Access,
	needs: Needs,
	{ token, readings }: { readonly token: Read<unknown>; readonly readings?: GenesysReadings },
): readonly Finding[] {
	const { genesys, base, runtime } = settings;
	const first = [judge.judgeRegion(genesys.region, genesysRegion), judge.judgeToken(genesys.region, token)];
	if (readings === undefined) return first;
	return [
		...first,
		judge.judgeOrganization(genesys.organizationId, readings.organization),
		...judge.judgePermissions(needs.permissions, readings.held, base),
		...judge.judgeTypes(needs, readings.types, readings.products),
		...needs.topics.map((topic) => judge.judgeTopic(topic, readings.topics)),
		judge.judgeFlows(readings.flows),
		...needs.dataTables.map((table) => judgeDataTable(table, readings.dataTables)),
		...needs.places.map((place) => judge.judgePlace(place, readings, runtime.webhook !== undefined)),
		...[...readings.emergencyGroups].map(([id, read]) => judge.judgeEmergencyGroup(id, read)),
		...judge.judgeNames(needs, readings),
	];
}
