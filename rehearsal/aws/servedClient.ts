/** What any client of the served account uses: it takes every key, and must never be shown a real one. */
export const servedClient = (endpoint: string) => ({
	endpoint,
	region: "eu-central-1",
	credentials: { accessKeyId: "served", secretAccessKey: "served" },
});
