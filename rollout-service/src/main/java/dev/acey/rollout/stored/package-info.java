/** JSON as this service's tables keep it. */
package dev.acey.rollout.stored;
