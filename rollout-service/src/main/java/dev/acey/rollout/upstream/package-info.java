/** Calls to models: any server that speaks OpenAI's chat completions. */
package dev.acey.rollout.upstream;
