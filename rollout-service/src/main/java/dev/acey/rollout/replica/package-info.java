/**
 * What a replica keeps in memory and on disk of what the database holds, and how it stays fresh.
 */
package dev.acey.rollout.replica;
