package dev.acey.kit.job;

import java.util.UUID;

/**
 * A worker's right to write a job.
 *
 * @param version the job's version when it was taken: a later taker has a greater one, and every
 *     write of a worker names its own
 */
record Lease(UUID job, long version) {}
