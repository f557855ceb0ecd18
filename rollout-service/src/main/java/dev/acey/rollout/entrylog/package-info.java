/** Log entries on their way to log-service, which makes them durable. */
package dev.acey.rollout.entrylog;
