/** Training in a Kubernetes cluster, by the team's own image. */
package dev.acey.dataset.kubernetes;
