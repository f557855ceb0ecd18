/** The four services behind the gateway: where they are, and what each tells of itself. */
package dev.acey.gateway.upstream;
