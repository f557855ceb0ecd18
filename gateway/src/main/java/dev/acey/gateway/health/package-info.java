/** How the whole system is, part by part. */
package dev.acey.gateway.health;
