/** Models asked by other services: neither routed, nor judged, nor logged. */
package dev.acey.rollout.ask;
