package io.github.pysockets.cli;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.dataformat.toml.TomlMapper;
import tools.jackson.dataformat.toml.TomlReadFeature;

/** A table of a TOML file (toml.io), whose values are asked for by key and kind. Knows its place for messages. */
final class TomlTable {
    private final String file;
    private final String path;
    private final ObjectNode node;

    private TomlTable(String file, String path, ObjectNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @throws NetworkFileException where the text is not TOML
     */
    static TomlTable parse(String file, String text) throws NetworkFileException {
        TomlMapper mapper = TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
        try {
            return new TomlTable(file, "", (ObjectNode) mapper.readTree(text));
        } catch (JacksonException wrong) {
            int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
            throw new NetworkFileException(
                    file + (line > 0 ? ", line " + line : "") + ": this is not TOML: " + wrong.getOriginalMessage());
        }
    }

    /** A failure that names a key of this table. */
    NetworkFileException failure(String key, String why) {
        return new NetworkFileException(file + ": " + name(key) + " " + why);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Set<String> keys() {
        return new TreeSet<>(node.propertyNames());
    }

    /** The keys in their order in the file. */
    List<String> keysInOrder() {
        return List.copyOf(node.propertyNames());
    }

    /** @throws NetworkFileException where there is another key than these */
    void allowOnly(String... known) throws NetworkFileException {
        Set<String> others = keys();
        others.removeAll(Set.of(known));
        for (String other : others) {
            throw failure(other, "is not known here; there is " + String.join(", ", known));
        }
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** The text of a key, or {@code absent}. */
    String text(String key, String absent) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null) {
            return absent;
        }
        if (!value.isString()) {
            throw failure(key, "is to be a text in quotes");
        }
        return value.stringValue();
    }

    /** The text of a key that has to be there. */
    String text(String key) throws NetworkFileException {
        String value = text(key, null);
        if (value == null) {
            throw failure(key, "is missing");
        }
        return value;
    }

    /**
     * What a text stands for.
     *
     * @param meaning throws IllegalArgumentException for what is wrong
     */
    <T> T value(String key, T absent, Function<String, T> meaning) throws NetworkFileException {
        String text = text(key, null);
        if (text == null) {
            return absent;
        }
        try {
            return meaning.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw failure(key, "is wrong: " + wrong.getMessage());
        }
    }

    /** A whole number within bounds. */
    long integer(String key, long absent, long least, long most) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()
                || value.longValue() < least || value.longValue() > most) {
            throw failure(key, "is to be a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** A number within bounds. */
    double number(String key, double absent, double least, double most) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw failure(key, most == Double.MAX_VALUE
                    ? "is to be a number above 0"
                    : "is to be a number from " + least + " to " + most);
        }
        return value.doubleValue();
    }

    boolean isTrue(String key) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value != null && !value.isBoolean()) {
            throw failure(key, "is to be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** A date and time with its offset; null if absent. */
    OffsetDateTime time(String key) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof POJONode object && object.getPojo() instanceof OffsetDateTime time) {
            return time;
        }
        throw failure(key, "is to be a date and time, as in 2026-01-01T00:00:00Z");
    }

    /** The texts of a list; null if absent. */
    List<String> texts(String key) throws NetworkFileException {
        JsonNode value = node.get(key);
        return value == null ? null : texts(key, value);
    }

    private List<String> texts(String key, JsonNode value) throws NetworkFileException {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode each : value) {
                if (each.isString()) {
                    texts.add(each.stringValue());
                }
            }
        }
        if (!value.isArray() || texts.size() != value.size()) {
            throw failure(key, "is to be a list of texts, as in [\"one\", \"other\"]");
        }
        return texts;
    }

    /** The two lists of texts that a key has. */
    List<List<String>> twoGroups(String key) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null || !value.isArray() || value.size() != 2) {
            throw failure(key, "is to be two lists of hosts, as in [[\"a\"], [\"b\", \"c\"]]");
        }
        return List.of(texts(key, value.get(0)), texts(key, value.get(1)));
    }

    /** The table of a key; an empty one if absent. */
    TomlTable table(String key) throws NetworkFileException {
        JsonNode value = node.get(key);
        if (value == null) {
            return new TomlTable(file, name(key), TomlMapper.builder().build().createObjectNode());
        }
        if (value instanceof ObjectNode object) {
            return new TomlTable(file, name(key), object);
        }
        throw failure(key, "is to be a table, as in [" + name(key) + "]");
    }

    /** The tables of a key, as {@code [[key]]} makes them. */
    List<TomlTable> tables(String key) throws NetworkFileException {
        List<TomlTable> tables = new ArrayList<>();
        JsonNode value = node.get(key);
        if (value == null) {
            return tables;
        }
        for (JsonNode each : value) {
            if (value.isArray() && each instanceof ObjectNode object) {
                tables.add(new TomlTable(file, name(key) + "[" + tables.size() + "]", object));
            }
        }
        if (!value.isArray() || tables.size() != value.size()) {
            throw failure(key, "is to be tables, each of which begins with [[" + name(key) + "]]");
        }
        return tables;
    }
}
