/** The guide's workflow: one durable job that takes six steps through the whole loop. */
package dev.acey.gateway.workflow;
