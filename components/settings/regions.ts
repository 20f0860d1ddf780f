/** AWS region of a Genesys Cloud organization → its domain: `api.<domain>`, `login.<domain>` (the vendor's own provider holds this list). */
export const genesysDomains = {
	"us-east-1": "mypurecloud.com",
	"us-east-2": "use2.us-gov-pure.cloud",
	"us-west-2": "usw2.pure.cloud",
	"ca-central-1": "cac1.pure.cloud",
	"sa-east-1": "sae1.pure.cloud",
	"mx-central-1": "mxc1.pure.cloud",
	"eu-west-1": "mypurecloud.ie",
	"eu-west-2": "euw2.pure.cloud",
	"eu-central-1": "mypurecloud.de",
	"eu-central-2": "euc2.pure.cloud",
	"eusc-de-east-1": "edee1.eusc-pure.cloud",
	"me-central-1": "mec1.pure.cloud",
	"ap-southeast-1": "apse1.pure.cloud",
	"ap-southeast-2": "mypurecloud.com.au",
	"ap-northeast-1": "mypurecloud.jp",
	"ap-northeast-2": "apne2.pure.cloud",
	"ap-northeast-3": "apne3.pure.cloud",
	"ap-south-1": "aps1.pure.cloud",
} as const;

export type GenesysRegion = keyof typeof genesysDomains;

export const genesysRegions = Object.keys(genesysDomains) as readonly GenesysRegion[] as readonly [GenesysRegion, ...GenesysRegion[]];

/** The AWS account from which Genesys Cloud assumes our role; the FedRAMP region has one of its own. */
export function genesysAwsAccount(region: GenesysRegion): string {
	return region === "us-east-2" ? "325654371633" : "765628985471";
}
