/** Who wants to be called about which events, and where that may be. */
package dev.acey.gateway.webhook;
