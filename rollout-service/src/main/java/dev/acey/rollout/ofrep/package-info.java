/** The routes as feature flags, by the OpenFeature Remote Evaluation Protocol. */
package dev.acey.rollout.ofrep;
