/** OpenAI's API in front of the models: routed, judged by the rules, on the record. */
package dev.acey.rollout.live;
