/** Which dataset a model learned from, and whether that dataset may still be used. */
package dev.acey.rollout.lineage;
