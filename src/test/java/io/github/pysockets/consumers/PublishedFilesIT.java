package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The files that others get: the jar, its sources, its Javadoc, and a pom with all that Maven Central asks of one. */
final class PublishedFilesIT {
    private static Set<String> entries(String jar) throws IOException {
        try (JarFile file = new JarFile(Consumer.TARGET.resolve(jar).toFile())) {
            return file.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Where it has one, a compiler warns of each file that is not there. */
    @Test
    void manifestOfTheJarNamesNoOtherFile() throws Exception {
        try (JarFile file = new JarFile(Consumer.JAR.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            assertFalse(manifest.containsKey(Attributes.Name.CLASS_PATH));
            assertFalse(manifest.containsKey(Attributes.Name.MAIN_CLASS), "a program that would miss its libraries");
            assertNotNull(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        }
    }

    @Test
    void jarIsAModuleAndHasItsLicense() throws Exception {
        assertTrue(entries("pysockets.jar").containsAll(List.of("module-info.class", "META-INF/LICENSE")));
    }

    @Test
    void commandHasAJarOfItsOwnThatIsAllManifest() throws Exception {
        assertEquals(Set.of("META-INF/", "META-INF/MANIFEST.MF"), entries("pysockets-command.jar"));
        try (JarFile file = new JarFile(Consumer.TARGET.resolve("pysockets-command.jar").toFile())) {
            for (String entry : file.getManifest().getMainAttributes().getValue("Class-Path").split(" ")) {
                assertTrue(Files.exists(Consumer.TARGET.resolve(entry)), entry);
            }
        }
    }

    @Test
    void sourcesAndJavadocAreOfThePublicTypes() throws Exception {
        for (String type : List.of("PySockets", "linux/LinuxStack", "stack/ForwardingStack", "abi/Errno")) {
            assertTrue(entries("pysockets-sources.jar").contains("io/github/pysockets/" + type + ".java"), type);
            Set<String> pages = entries("pysockets-javadoc.jar");
            assertTrue(pages.stream().anyMatch(page -> page.endsWith("io/github/pysockets/" + type + ".html")), type);
            assertTrue(pages.stream().noneMatch(page -> page.contains("/cli/") || page.contains("/python/")));
        }
        assertTrue(entries("pysockets-sources.jar").contains("io/github/pysockets/graalpy/_socket.py"));
    }

    private static Path repository() {
        return Consumer.TARGET.resolve("it/repository/io/github/pysockets/pysockets")
                .resolve(System.getProperty("consumer.version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-sources.jar", "-javadoc.jar", ".pom"})
    void allAreInARepository(String ending) {
        String name = "pysockets-" + System.getProperty("consumer.version") + ending;
        assertTrue(Files.exists(repository().resolve(name)), name);
    }

    /** The requirements of Maven Central. */
    @ParameterizedTest
    @ValueSource(strings = {"groupId", "artifactId", "version", "name", "description", "url", "licenses/license/name",
        "licenses/license/url", "developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url"})
    void pomTells(String path) throws Exception {
        Element found = pom();
        for (String name : path.split("/")) {
            found = child(found, name);
            assertNotNull(found, path);
        }
        assertFalse(found.getTextContent().isBlank(), path);
    }

    private static Element pom() throws Exception {
        String name = "pysockets-" + System.getProperty("consumer.version") + ".pom";
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(repository().resolve(name).toFile()).getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }
}
