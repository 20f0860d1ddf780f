import { announcerName, launcherName, remediatorName } from "../../pipeline/credentials/names.ts";
import { askRemediator, credentialChecks } from "../credentials/checks.ts";
import { currentOrNext, proveClient } from "../genesys/api.ts";
import type { Parts, Services } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { type Vendors, vendorsOf } from "../vendors/pagers.ts";

const vendors = ({ sources, fetch, vendorSecret, budget, ledger }: Parts): Vendors =>
	vendorsOf({ ...sources, fetch }, vendorSecret, budget, ledger);

/** For the functions that send pages. */
export const paging = {
	pagers: (parts: Parts): Ports["pagers"] => vendors(parts).pagers,
};

/** For the function that looks whether what the others hold is taken; the remediator's credential is asked of the remediator. */
export const checking = {
	credentials: (parts: Parts & Pick<Services, "invoke">): Ports["credentials"] => {
		const { check } = vendors(parts);
		return credentialChecks((name) => {
			if (name === launcherName || name === announcerName) return () => proveClient(currentOrNext(parts.genesys(name)));
			if (name === remediatorName) return () => askRemediator(parts.invoke, parts.environment.remediator());
			return check(name);
		});
	},
};
