/** What every service's tests share: a real PostgreSQL, and the rules of the house. */
package dev.acey.kit.test;
