/** The outbox: what happened in a service, told once, in an order that never changes. */
package dev.acey.kit.event;
