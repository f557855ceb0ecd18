/** The calls of webhooks: one for each event somebody wants, tried until it is taken or dead. */
package dev.acey.gateway.delivery;
