/** The settings of a stack that keeps its ledger in a server of its own. */
export const redisSettings = {
	address: "rediss://cache.customer.example:6379",
	username: "runbooks",
	subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
	securityGroupIds: ["sg-0123456789abcdef0"],
};

export const redisPassword = { "ledger-redisPassword": "PLANTED-redis-password" };
