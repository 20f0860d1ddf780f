/** What the Pulumi program says of settings or a workflow that it will not deploy; the class is of another realm under some runners, hence by name. */
export const isRunError = (error: unknown): error is Error => error instanceof Error && "__pulumiRunError" in error;
