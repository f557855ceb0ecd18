/** What must hold before a service listens, and the one clock it reads. */
package dev.acey.kit.start;
