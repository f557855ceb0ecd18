/** A stand-in for language models, so that a rollout can be watched on a laptop without a key. */
package dev.acey.launcher.demo;
