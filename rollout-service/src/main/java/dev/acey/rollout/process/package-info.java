/** The live path of an app that calls its model itself: judged, logged, answered. */
package dev.acey.rollout.process;
