package dev.acey.dataset.train;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster's API server that keeps what it is given, and runs nothing. */
public class FakeCluster implements QuarkusTestResourceLifecycleManager {

    private static final String TEMPLATE =
            """
            apiVersion: trainer.kubeflow.org/v1alpha1
            kind: TrainJob
            metadata:
              labels:
                team: acey
            spec:
              runtimeRef:
                name: torch-distributed
              trainer:
                image: registry.example/trainer:1
                numNodes: 1
                env:
                  - name: TEAM_SETTING
                    value: "7"
                  - name: ACEY_BASE_MODEL
                    value: overwritten
            """;

    private static final ResourceDefinitionContext TRAIN_JOBS =
            new ResourceDefinitionContext.Builder()
                    .withGroup("trainer.kubeflow.org")
                    .withVersion("v1alpha1")
                    .withKind("TrainJob")
                    .withPlural("trainjobs")
                    .withNamespaced(true)
                    .build();

    private KubernetesMockServer server;
    private NamespacedKubernetesClient client;
    private Path template;

    /** The trainings that were ever made and not deleted. */
    List<GenericKubernetesResource> trainJobs() {
        return client.genericKubernetesResources(TRAIN_JOBS)
                .inNamespace("training")
                .list()
                .getItems();
    }

    /** The training's pod ends and says this; then the training has this condition. */
    void ends(String name, String condition, int exitCode, String message) {
        client.pods()
                .inNamespace("training")
                .resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName(name + "-node-0-0")
                                .addToLabels("jobset.sigs.k8s.io/jobset-name", name)
                                .endMetadata()
                                .withNewStatus()
                                .addNewContainerStatus()
                                .withName("node")
                                .withNewState()
                                .withNewTerminated()
                                .withExitCode(exitCode)
                                .withMessage(message)
                                .endTerminated()
                                .endState()
                                .endContainerStatus()
                                .endStatus()
                                .build())
                .create();
        var resource =
                client.genericKubernetesResources(TRAIN_JOBS)
                        .inNamespace("training")
                        .withName(name);
        GenericKubernetesResource ended = resource.get();
        ended.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(
                                Map.of(
                                        "type", condition,
                                        "status", "True",
                                        "reason", "JobsCompleted",
                                        "message", "as the test wants it",
                                        "lastTransitionTime", "2026-01-15T04:05:06Z"))));
        client.genericKubernetesResources(TRAIN_JOBS)
                .inNamespace("training")
                .resource(ended)
                .update();
    }

    @Override
    public Map<String, String> start() {
        server =
                new KubernetesMockServer(
                        new io.fabric8.mockwebserver.Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher(),
                        false);
        server.init();
        client = server.createClient();
        try {
            template = Files.writeString(Files.createTempFile("train", ".yaml"), TEMPLATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "kubernetes.master",
                client.getConfiguration().getMasterUrl(),
                "acey.kubernetes.template",
                template.toString(),
                "acey.kubernetes.namespace",
                "training",
                "acey.kubernetes.model-base-url",
                "http://models.example/v1");
    }

    @Override
    public void stop() {
        client.close();
        server.destroy();
        try {
            Files.delete(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FakeCluster.class));
    }
}
