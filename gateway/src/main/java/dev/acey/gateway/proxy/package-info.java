/** The front door: passes requests on to the service that owns their path, streaming both ways. */
package dev.acey.gateway.proxy;
