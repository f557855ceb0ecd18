/** Rule sets, stored for good under the hash of their content, and which of them is active. */
package dev.acey.rollout.rules;
