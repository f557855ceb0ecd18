/** How JSON is read and written: strictly in, in one form out. */
package dev.acey.kit.json;
