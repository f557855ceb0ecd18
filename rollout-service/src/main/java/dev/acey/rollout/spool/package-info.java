/** Log entries on their way to log-service: on this replica's disk first, then shipped, once. */
package dev.acey.rollout.spool;
