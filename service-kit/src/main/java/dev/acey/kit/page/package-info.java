/** Query parameters and pages of a list, read the same way everywhere. */
package dev.acey.kit.page;
