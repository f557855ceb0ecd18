/** How a service follows the active rule set of rollout-service, and goes on without it. */
package dev.acey.kit.rules;
