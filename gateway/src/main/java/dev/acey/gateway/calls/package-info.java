/** What a workflow asks of the four services, each call guarded and safe to repeat. */
package dev.acey.gateway.calls;
