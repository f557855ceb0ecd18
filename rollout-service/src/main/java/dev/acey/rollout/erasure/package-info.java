/**
 * This service's part in the erasure of a person: states, kept answers and every replica's spool.
 */
package dev.acey.rollout.erasure;
