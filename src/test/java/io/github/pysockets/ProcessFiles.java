package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The descriptors of this process, as the kernel lists them. */
final class ProcessFiles {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private ProcessFiles() {}

    static List<Integer> numbers() {
        try (Stream<Path> numbers = Files.list(OPEN)) {
            return numbers.map(number -> Integer.valueOf(number.getFileName().toString())).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a number stands for, such as {@code socket:[4711]}; "" where it was closed since. */
    static String target(int number) {
        try {
            return Files.readSymbolicLink(OPEN.resolve(String.valueOf(number))).toString();
        } catch (NoSuchFileException closedSince) {
            return "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
