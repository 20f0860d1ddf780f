/**
 * Of an AWS client whose service is an emulator in this very process. Each request has a connection of its own: a server closes one that is idle
 * for five seconds, which pass unseen while a property keeps this process busy, and the next request on it would be reset.
 */
export const loopback = (port: number) => ({
	endpoint: `http://127.0.0.1:${port}`,
	region: "eu-central-1",
	credentials: { accessKeyId: "test", secretAccessKey: "test" },
	maxAttempts: 1,
	requestHandler: { httpAgent: { keepAlive: false } },
});
