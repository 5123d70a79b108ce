package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenSSL's language for a choice of cipher suites: {@code ECDHE+AESGCM:DHE+AES:@STRENGTH}. See openssl-ciphers(1).
 *
 * <p>It chooses among the suites of TLS 1.2 and older versions; those of TLS 1.3 are always chosen, and come first.
 * Words that set more than a list of suites (SUITEB128) are not known here: they choose nothing, rather than a part of
 * what they mean.
 */
public final class CipherString {
    private static final String DEFAULT = "DEFAULT";
    private static final String LIST_OF_DEFAULT = "ALL:!COMPLEMENTOFDEFAULT:!eNULL";
    private static final String SUITE_B = "SUITEB1";
    private static final String SEPARATORS = ": ;,";
    private static final char COMMAND = '@';
    private static final String SIGNS = "-+!" + COMMAND;
    private static final Pattern WORD = Pattern.compile("[-.=A-Za-z0-9]+");
    private static final Pattern LEVEL = Pattern.compile("SECLEVEL=([0-5])");

    /** Two strength classes of OpenSSL. A suite can be in both, but the two words together mean no suite. */
    private static final Set<String> CLASSES = Set.of("HIGH", "FIPS");

    private static final Map<String, Predicate<CipherSuite>> WORDS = words();

    /** In order of preference. Those that are not chosen keep their places, because a later rule may choose them. */
    private List<CipherSuite> suites;

    private final Set<CipherSuite> chosen = new HashSet<>();
    private int level;

    private CipherString(List<CipherSuite> suites, int level) {
        this.suites = new ArrayList<>(suites);
        this.level = level;
    }

    /**
     * The suites that a string chooses, in order of preference.
     *
     * @throws OpenSslException where it chooses none, or is not valid
     */
    static List<CipherSuite> select(String string) throws OpenSslException {
        return select(string, CipherSuites.all());
    }

    /**
     * The security level that a string sets.
     *
     * @param before the level where the string sets none
     * @return 0 to 5
     */
    public static int securityLevel(String string, int before) {
        CipherString state = new CipherString(List.of(), before);
        state.applyAll(string);
        return state.level;
    }

    static List<CipherSuite> select(String string, List<CipherSuite> among) throws OpenSslException {
        List<CipherSuite> result = new ArrayList<>();
        List<CipherSuite> older = new ArrayList<>();
        for (CipherSuite suite : among) {
            (suite.ofTls13() ? result : older).add(suite);
        }
        CipherString state = new CipherString(older, 0);
        boolean understood = state.applyAll(string);
        if (!understood || state.chosen.isEmpty()) {
            throw OpenSslException.of(null, null, "No cipher can be selected.");
        }
        state.suites.stream().filter(state.chosen::contains).forEach(result::add);
        return List.copyOf(result);
    }

    /** Gives whether all of it was understood. Nothing is applied from the first rule on that was not. */
    private boolean applyAll(String string) {
        if (string.startsWith(SUITE_B)) {
            // As in OpenSSL, whatever follows counts no more.
            return false;
        }
        String rest = string;
        if (rest.startsWith(DEFAULT)) {
            applyRules(LIST_OF_DEFAULT);
            rest = rest.substring(DEFAULT.length());
        }
        return applyRules(rest);
    }

    /** Rules need no separators: a character that no word can have ends it, and a sign begins the next rule. */
    private boolean applyRules(String rules) {
        Matcher word = WORD.matcher(rules);
        int at = 0;
        while (at < rules.length()) {
            char sign = rules.charAt(at);
            if (SEPARATORS.indexOf(sign) >= 0) {
                at++;
                continue;
            }
            if (SIGNS.indexOf(sign) >= 0) {
                at++;
            }
            List<String> words = new ArrayList<>();
            do {
                word.region(at + (words.isEmpty() ? 0 : 1), rules.length());
                if (!word.lookingAt()) {
                    return false;
                }
                words.add(word.group());
                at = word.end();
            } while (sign != COMMAND && WORDS.containsKey(word.group()) && rules.startsWith("+", at));
            if (sign == COMMAND && !command(words.getFirst())) {
                return false;
            }
            if (sign == COMMAND || !apply(sign, words)) {
                at = nextSeparator(rules, at);
            }
        }
        return true;
    }

    private static int nextSeparator(String rules, int from) {
        int at = from;
        while (at < rules.length() && SEPARATORS.indexOf(rules.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private boolean command(String name) {
        Matcher ofLevel = LEVEL.matcher(name);
        if (ofLevel.matches()) {
            level = ofLevel.group(1).charAt(0) - '0';
            return true;
        }
        if (name.equals("STRENGTH")) {
            Comparator<CipherSuite> strength = Comparator.comparingInt(CipherSuite::strengthBits);
            toEnd(suites.stream().filter(chosen::contains).sorted(strength.reversed()).toList());
            return true;
        }
        return false;
    }

    /** Gives whether the words have a meaning, each and together. */
    private boolean apply(char sign, List<String> words) {
        if (!WORDS.keySet().containsAll(words) || words.containsAll(CLASSES)) {
            return false;
        }
        Predicate<CipherSuite> meant = words.stream().map(WORDS::get).reduce(Predicate::and).orElseThrow();
        List<CipherSuite> concerned = suites.stream().filter(meant).toList();
        List<CipherSuite> already = concerned.stream().filter(chosen::contains).toList();
        switch (sign) {
            case '!' -> {
                suites.removeAll(concerned);
                chosen.removeAll(concerned);
            }
            case '-' -> {
                suites.removeAll(already);
                suites.addAll(0, already);
                chosen.removeAll(already);
            }
            case '+' -> toEnd(already);
            default -> {
                toEnd(concerned.stream().filter(suite -> !chosen.contains(suite)).toList());
                chosen.addAll(concerned);
            }
        }
        return true;
    }

    private void toEnd(List<CipherSuite> moved) {
        suites.removeAll(moved);
        suites.addAll(moved);
    }

    /** A word that is not here stands for suites that Java does not have, or for nothing: both choose none. */
    private static Map<String, Predicate<CipherSuite>> words() {
        Map<String, Predicate<CipherSuite>> words = new HashMap<>();
        define(words, all -> true, "ALL", "HIGH");
        define(words, suite -> suite.auth().equals("auth-dss"), "COMPLEMENTOFDEFAULT", "aDSS", "DSS");
        define(words, suite -> !suite.symmetric().startsWith("chacha20"), "FIPS", "AES");
        define(words, suite -> suite.kea().equals("kx-rsa"), "kRSA", "RSA");
        define(words, suite -> suite.kea().equals("kx-dhe"), "kDHE", "kEDH", "DH", "DHE", "EDH");
        define(words, suite -> suite.kea().equals("kx-ecdhe"), "kECDHE", "kEECDH", "ECDH", "ECDHE", "EECDH");
        define(words, suite -> suite.auth().equals("auth-rsa"), "aRSA");
        define(words, suite -> suite.auth().equals("auth-ecdsa"), "aECDSA", "ECDSA");
        define(words, suite -> suite.symmetric().startsWith("aes-128"), "AES128");
        define(words, suite -> suite.symmetric().startsWith("aes-256"), "AES256");
        define(words, suite -> suite.symmetric().endsWith("-gcm"), "AESGCM");
        define(words, suite -> suite.symmetric().endsWith("-cbc"), "CBC");
        define(words, suite -> suite.symmetric().startsWith("chacha20"), "CHACHA20");
        define(words, suite -> "sha1".equals(suite.digest()), "SHA1", "SHA");
        define(words, suite -> "sha256".equals(suite.digest()), "SHA256");
        define(words, suite -> "sha384".equals(suite.digest()), "SHA384");
        define(words, suite -> suite.protocol().equals("SSLv3"), "SSLv3");
        define(words, suite -> suite.protocol().equals("TLSv1.0"), "TLSv1", "TLSv1.0");
        define(words, suite -> suite.protocol().equals("TLSv1.2"), "TLSv1.2");
        for (CipherSuite suite : CipherSuites.table()) {
            define(words, suite::equals, suite.name());
        }
        return words;
    }

    private static void define(
            Map<String, Predicate<CipherSuite>> words, Predicate<CipherSuite> meaning, String... names) {
        for (String name : names) {
            words.put(name, meaning);
        }
    }
}
