/** The six steps of a workflow: what each does, and the settings they go by. */
package dev.acey.gateway.steps;
