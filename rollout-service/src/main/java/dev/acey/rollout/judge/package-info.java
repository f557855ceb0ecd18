/** The rules on live outputs: calls of one channel one after the other, judged and recorded. */
package dev.acey.rollout.judge;
