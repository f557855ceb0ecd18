/** Proof, between services that share a secret, of which route a call took. */
package dev.acey.kit.token;
