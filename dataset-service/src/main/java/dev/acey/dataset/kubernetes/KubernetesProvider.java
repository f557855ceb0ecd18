package dev.acey.dataset.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.dataset.provider.Cost;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Refusal;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.problem.ProblemException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Trains in a cluster. A training is one resource that is named after it, so that the cluster
 * itself refuses a second one. The client is made when it is first needed.
 */
@Singleton
class KubernetesProvider implements Provider {

    private static final int CONFLICT = 409;

    private final Instance<KubernetesClient> client;
    private final KubernetesSettings settings;
    private final TrainingManifest manifests;
    private final ClusterReports reports;
    private final Vertx vertx;

    KubernetesProvider(
            Instance<KubernetesClient> client,
            KubernetesSettings settings,
            TrainingManifest manifests,
            ClusterReports reports,
            Vertx vertx) {
        this.client = client;
        this.settings = settings;
        this.manifests = manifests;
        this.reports = reports;
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Optional<String> missing() {
        return settings.template().isPresent()
                ? Optional.empty()
                : Optional.of("acey.kubernetes.template");
    }

    @Override
    public JsonNode payload(Training training) {
        return manifests.of(training);
    }

    /** What a cluster's hours cost nobody tells. */
    @Override
    public Cost cost(Training training, Report report) {
        return report == null ? Cost.UNKNOWN : new Cost(null, report.trainedTokens(), null);
    }

    @Override
    public Uni<String> submit(Training training, boolean again) {
        return blocking(() -> create(training)).replaceWith(training.name());
    }

    @Override
    public Uni<Report> report(Training training, String job) {
        return blocking(
                () -> {
                    GenericKubernetesResource there = resource(job).get();
                    if (there == null) {
                        return Report.of(
                                TrainingState.CANCELLED, "It was deleted from the cluster.");
                    }
                    JsonNode told =
                            client.get()
                                    .getKubernetesSerialization()
                                    .convertValue(there, JsonNode.class);
                    return reports.of(told, pods(job));
                });
    }

    /** There is no stopping but deleting; what was deleted is cancelled. */
    @Override
    public Uni<Void> cancel(Training training, String job) {
        return blocking(() -> resource(job).delete()).replaceWithVoid();
    }

    /**
     * Ended resources are the cluster's, which may delete them in time (ttlSecondsAfterFinished).
     */
    @Override
    public Uni<Void> tidy(Training training) {
        return Uni.createFrom().voidItem();
    }

    private Void create(Training training) {
        GenericKubernetesResource manifest =
                client.get()
                        .getKubernetesSerialization()
                        .convertValue(manifests.of(training), GenericKubernetesResource.class);
        try {
            client.get()
                    .genericKubernetesResources(kind())
                    .inNamespace(settings.namespace())
                    .resource(manifest)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
        return null;
    }

    private Resource<GenericKubernetesResource> resource(String name) {
        return client.get()
                .genericKubernetesResources(kind())
                .inNamespace(settings.namespace())
                .withName(name);
    }

    private List<Pod> pods(String job) {
        String label = manifests.isTrainJob() ? "jobset.sigs.k8s.io/jobset-name" : "job-name";
        return client.get()
                .pods()
                .inNamespace(settings.namespace())
                .withLabel(label, job)
                .list()
                .getItems();
    }

    private ResourceDefinitionContext kind() {
        boolean trainJob = manifests.isTrainJob();
        return new ResourceDefinitionContext.Builder()
                .withGroup(trainJob ? "trainer.kubeflow.org" : "batch")
                .withVersion(trainJob ? "v1alpha1" : "v1")
                .withKind(trainJob ? "TrainJob" : "Job")
                .withPlural(trainJob ? "trainjobs" : "jobs")
                .withNamespaced(true)
                .build();
    }

    private <T> Uni<T> blocking(Callable<T> call) {
        return vertx.executeBlocking(call, false)
                .onFailure(KubernetesClientException.class)
                .transform(failure -> told((KubernetesClientException) failure));
    }

    /** Without a code there was no answer. */
    private static Throwable told(KubernetesClientException failure) {
        int code = failure.getCode();
        return code >= 400 && code < 500 && code != 408 && code != 429
                ? new Refusal("the training", code + " " + failure.getMessage())
                : ProblemException.unavailable("The cluster cannot be reached right now.");
    }
}
