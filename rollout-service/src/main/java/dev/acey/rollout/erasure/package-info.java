/** This service's part in the erasure of a person: channels' states and every replica's spool. */
package dev.acey.rollout.erasure;
