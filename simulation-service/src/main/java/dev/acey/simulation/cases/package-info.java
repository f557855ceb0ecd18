/** The cases of simulations, stored one a row. */
package dev.acey.simulation.cases;
