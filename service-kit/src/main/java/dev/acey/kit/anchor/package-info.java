/** Anchors: each service's audit trail is remembered, link by link, by another service. */
package dev.acey.kit.anchor;
