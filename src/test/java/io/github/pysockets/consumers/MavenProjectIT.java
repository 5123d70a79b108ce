package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.consumers.Consumer.Ended;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A Maven project that depends on PySockets: it compiles without a warning, gets what it needs and no more, and can be
 * packed into one jar.
 */
final class MavenProjectIT {
    private static final Path FOLDER = Consumer.TARGET.resolve("it/application");

    /**
     * The build has a repository of its own, where only PySockets is, and gets the rest from that of the build around
     * it. What that did not need either, such as the shade plugin, comes from where it always comes from.
     */
    @BeforeAll
    static void build() throws Exception {
        Path settings = Files.writeString(Consumer.TARGET.resolve("it/settings.xml"), settings());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("consumer.maven"), "bin", "mvn").toString(),
                "--batch-mode", "--quiet", "--global-settings", settings.toString(),
                "--file", Consumer.SOURCES.resolve("application/pom.xml").toString(),
                "-Dmaven.repo.local=" + Consumer.TARGET.resolve("it/repository"),
                "-Dpysockets.version=" + System.getProperty("consumer.version"),
                "-Dfolder=" + FOLDER, "-Dmaven.test.skip=true"));
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

    private static List<String> path(String file) throws Exception {
        return List.of(Files.readString(FOLDER.resolve(file)).split(File.pathSeparator));
    }

    /** Names of artifacts, which are the folders above those of the versions. */
    private static TreeSet<String> names(List<String> path) {
        return path.stream()
                .map(file -> Path.of(file).getParent().getParent().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void compilesWithPolyglotAndNothingElseOfOurLibraries() throws Exception {
        // Those three are polyglot's own dependencies.
        assertEquals(new TreeSet<>(List.of("pysockets", "polyglot", "collections", "nativeimage", "word")),
                names(path("compile.txt")));
    }

    @Test
    void getsGraalPyAndBouncyCastleToRunWith() throws Exception {
        TreeSet<String> names = names(path("run.txt"));
        names.retainAll(List.of("python-language", "truffle-runtime", "bcpkix-jdk18on",
                "AmazonCorrettoCryptoProvider"));
        assertEquals(new TreeSet<>(List.of("python-language", "truffle-runtime", "bcpkix-jdk18on")), names);
        List<Path> jars = Arrays.stream(path("run.txt").toArray(String[]::new))
                .filter(file -> file.endsWith(".jar"))
                .map(Path::of)
                .toList();
        assertEquals(new Ended(0, Consumer.ANSWER, ""), Consumer.java(Consumer.UNSAFE,
                "--enable-native-access=ALL-UNNAMED", "-cp",
                Consumer.path(Consumer.with(FOLDER.resolve("classes"), jars)), Consumer.MAIN));
    }

    /** The manifest of such a jar can give native access. */
    @Test
    void runsFromOneJar() throws Exception {
        assertEquals(new Ended(0, Consumer.ANSWER, ""), Consumer.java(Consumer.UNSAFE,
                "--illegal-native-access=deny", "-jar", FOLDER.resolve("application-1.jar").toString()));
    }
}
