package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.consumers.Consumer.Ended;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Builds a project of src/it that depends on PySockets with Maven. */
final class MavenBuild {
    private MavenBuild() {}

    /**
     * Builds a project. It has a repository of its own, where only PySockets is, and gets the rest from that of the
     * build around it. What that did not need either, such as the shade plugin, comes from where it always comes from.
     *
     * @param target where its files go
     */
    static void run(String project, Path target) throws Exception {
        Path settings = Files.writeString(Consumer.TARGET.resolve("it/settings.xml"), settings());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("consumer.maven"), "bin", "mvn").toString(),
                "--batch-mode", "--quiet", "--global-settings", settings.toString(),
                "--file", Consumer.SOURCES.resolve(project).resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + Consumer.TARGET.resolve("it/repository"),
                "-Dpysockets.version=" + System.getProperty("consumer.version"),
                "-Dgraalpy.version=" + System.getProperty("consumer.graalpy"),
                "-Djython.version=" + System.getProperty("consumer.jython"),
                "-Dfolder=" + target, "-Dmaven.test.skip=true"));
        if (System.getProperty("consumer.offline").equals("offline=true")) {
            command.addAll(List.of("--offline", "-Daether.offline.protocols=file"));
        }
        command.add("package");
        Ended ended = Consumer.run(Map.of("MAVEN_ARGS", "", "MAVEN_OPTS", ""), command);
        assertEquals(0, ended.status(), ended::toString);
    }

    private static String settings() {
        String url = Path.of(System.getProperty("consumer.dependencies")).toUri().toString();
        return """
                <settings>
                    <mirrors>
                        <!-- For this repository it counts before a mirror of the user's for all. -->
                        <mirror>
                            <id>outer-mirror</id>
                            <mirrorOf>outer</mirrorOf>
                            <url>%1$s</url>
                        </mirror>
                    </mirrors>
                    <profiles>
                        <profile>
                            <id>outer</id>
                            <repositories>
                                <repository>
                                    <id>outer</id>
                                    <url>%1$s</url>
                                    <releases><checksumPolicy>ignore</checksumPolicy></releases>
                                </repository>
                            </repositories>
                            <pluginRepositories>
                                <pluginRepository>
                                    <id>outer</id>
                                    <url>%1$s</url>
                                    <releases><checksumPolicy>ignore</checksumPolicy></releases>
                                </pluginRepository>
                            </pluginRepositories>
                        </profile>
                    </profiles>
                    <activeProfiles>
                        <activeProfile>outer</activeProfile>
                    </activeProfiles>
                </settings>
                """.formatted(url);
    }

    /** The files of a class path that a build has written down. */
    static List<String> path(Path file) throws Exception {
        return List.of(Files.readString(file).split(File.pathSeparator));
    }

    /** Names of artifacts, which are the folders above those of the versions. */
    static TreeSet<String> names(List<String> path) {
        return path.stream()
                .map(file -> Path.of(file).getParent().getParent().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
