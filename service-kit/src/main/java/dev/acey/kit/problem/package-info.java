/** What a client is told when something goes wrong: RFC 9457 problem documents, one table. */
package dev.acey.kit.problem;
