package io.github.pysockets.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** python-tests/MANIFEST.tsv; its head says what the columns are. */
public final class Manifest {
    public static final String NOWHERE = "-";

    private Manifest() {}

    /** What a line of it says of one class of CPython's. */
    public enum Kind {
        CASES, BASE, OWN
    }

    /** @param where folder/file:Class for each; empty where the class is not ported */
    public record Line(String name, Kind kind, String methods, List<String> where, String remark) {
        @Override
        public String toString() {
            return kind == Kind.OWN ? String.join(" ", where) : name;
        }
    }

    public static List<Line> read() {
        try {
            return Files.readAllLines(PythonFiles.FOLDER.resolve("MANIFEST.tsv")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Manifest::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Line parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 4 && columns.length != 5) {
            throw new IllegalArgumentException("neither 4 nor 5 columns: " + line);
        }
        return new Line(columns[0], Kind.valueOf(columns[1].toUpperCase()), columns[2], places(columns[3]),
                columns.length == 5 ? columns[4] : "");
    }

    private static List<String> places(String column) {
        List<String> places = new ArrayList<>();
        if (!column.equals(NOWHERE)) {
            for (String part : column.split(" ")) {
                String[] fileAndClasses = part.split(":");
                for (String name : fileAndClasses[1].split(",")) {
                    places.add(fileAndClasses[0] + ":" + name);
                }
            }
        }
        return places;
    }
}
