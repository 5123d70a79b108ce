package io.github.pysockets.tls.cert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The ASN.1 objects that OpenSSL has names and numbers for: OBJ_nid2obj(3). Read at the first use. */
public final class ObjectNames {
    private static final String TABLE = "objects.tsv";
    private static final Pattern DOTTED = Pattern.compile("[0-2](\\.\\d+)+");

    private ObjectNames() {}

    /**
     * One object.
     *
     * @param nid OpenSSL's number of it
     * @param shortName as in {@code CN}
     * @param longName as in {@code commonName}
     * @param oid as in {@code 2.5.4.3}; null where the object has none
     */
    public record Entry(int nid, String shortName, String longName, String oid) {}

    private record Table(Map<Integer, Entry> byNid, Map<String, Entry> byOid, Map<String, Entry> byName) {
        static final Table ALL = read();

        private static Table read() {
            List<Entry> entries = new ArrayList<>();
            InputStream resource = ObjectNames.class.getResourceAsStream(TABLE);
            try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("#")) {
                        String[] fields = line.split("\t", -1);
                        String oid = fields[3].isEmpty() ? null : fields[3];
                        entries.add(new Entry(Integer.parseInt(fields[0]), fields[1], fields[2], oid));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return of(entries);
        }

        private static Table of(List<Entry> entries) {
            Table table = new Table(new HashMap<>(), new HashMap<>(), new HashMap<>());
            // As in OBJ_txt2nid(3), a short name has precedence over another object's long name.
            for (Entry entry : entries) {
                table.byNid.put(entry.nid(), entry);
                table.byOid.putIfAbsent(entry.oid(), entry);
                table.byName.putIfAbsent(entry.shortName(), entry);
            }
            entries.forEach(entry -> table.byName.putIfAbsent(entry.longName(), entry));
            return table;
        }
    }

    /** Null where there is none. */
    public static Entry byNid(int nid) {
        return Table.ALL.byNid.get(nid);
    }

    /**
     * Null where there is none.
     *
     * @param oid in dotted form
     */
    public static Entry byOid(String oid) {
        return oid == null ? null : Table.ALL.byOid.get(oid);
    }

    /**
     * OBJ_txt2obj(3). Null where there is none.
     *
     * @param text an object identifier in dotted form
     * @param names whether short and long names are accepted too
     */
    public static Entry byText(String text, boolean names) {
        Entry named = names ? Table.ALL.byName.get(text) : null;
        return named == null ? byOid(text) : named;
    }

    /** Whether it has the form of an object identifier, known or not. */
    public static boolean isDotted(String text) {
        return DOTTED.matcher(text).matches();
    }

    /** The short name, or the dotted form of an object without names. */
    static String shortName(String oid) {
        Entry entry = byOid(oid);
        return entry == null ? oid : entry.shortName();
    }

    /** The long name, or the dotted form of an object without names. */
    static String longName(String oid) {
        Entry entry = byOid(oid);
        return entry == null ? oid : entry.longName();
    }
}
