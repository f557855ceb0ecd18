/** The audit trails of all services: read as one, checked against their anchors, exported. */
package dev.acey.gateway.audit;
