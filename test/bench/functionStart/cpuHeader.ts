/** Microseconds of CPU time that a process has used so far, in each of its requests. */
export const cpuHeader = "x-cpu-microseconds";
