/** Durable jobs: work that outlives a request, a crash and a replica, and runs on one at a time. */
package dev.acey.kit.job;
