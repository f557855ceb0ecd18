/** What the guard of rollouts promises, by simulation of whole rollouts. */
package dev.acey.bench.guard;
