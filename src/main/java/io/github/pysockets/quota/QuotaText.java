package io.github.pysockets.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits as text: see {@link Quota#parse}. */
final class QuotaText {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})(?:([KMGT])(i?))?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final String PER_SECOND = "/s";
    private static final String WAITING = "waiting";

    private static final Map<String, BiConsumer<Quota.Builder, Long>> SETTERS = new LinkedHashMap<>();

    static {
        SETTERS.put("sockets", Quota.Builder::openSockets);
        SETTERS.put("all-sockets", Quota.Builder::sockets);
        SETTERS.put("connections", Quota.Builder::connections);
        SETTERS.put("connections/s", Quota.Builder::connectionsPerSecond);
        SETTERS.put("in", Quota.Builder::bytesIn);
        SETTERS.put("in/s", Quota.Builder::bytesInPerSecond);
        SETTERS.put("out", Quota.Builder::bytesOut);
        SETTERS.put("out/s", Quota.Builder::bytesOutPerSecond);
        SETTERS.put("lookups", Quota.Builder::lookups);
        SETTERS.put("lookups/s", Quota.Builder::lookupsPerSecond);
        SETTERS.put("buffers", Quota.Builder::bufferMemory);
    }

    private QuotaText() {}

    static Quota.Builder parse(String text) {
        Quota.Builder builder = Quota.builder();
        Set<String> seen = new HashSet<>();
        for (String item : text.split(",", -1)) {
            int sign = item.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("a limit is name=value, and this is none: '" + item + "'");
            }
            String name = item.substring(0, sign).strip();
            String value = item.substring(sign + 1).strip();
            boolean isRate = value.endsWith(PER_SECOND);
            String limit = isRate ? name + PER_SECOND : name;
            if (!seen.add(limit)) {
                throw new IllegalArgumentException("the limit '" + limit + "' is there twice");
            }
            set(builder, name, limit, isRate ? value.substring(0, value.length() - 2) : value);
        }
        return builder;
    }

    private static void set(Quota.Builder builder, String name, String limit, String value) {
        if (limit.equals(WAITING)) {
            builder.blockedTime(time(value));
            return;
        }
        BiConsumer<Quota.Builder, Long> setter = SETTERS.get(limit);
        if (setter == null) {
            throw new IllegalArgumentException(
                    SETTERS.containsKey(name) || name.equals(WAITING)
                            ? "the limit '" + name + "' is not one for each second"
                            : "there is no limit '" + name + "'; there are " + names());
        }
        try {
            setter.accept(builder, amount(name, value));
        } catch (ArithmeticException tooMuch) {
            throw new IllegalArgumentException("the limit '" + name + "' is too large: '" + value + "'", tooMuch);
        }
    }

    private static String names() {
        List<String> names = new ArrayList<>(SETTERS.keySet());
        names.removeIf(name -> name.endsWith(PER_SECOND));
        names.add(WAITING);
        return String.join(", ", names);
    }

    private static long amount(String name, String value) {
        Matcher amount = AMOUNT.matcher(value);
        if (!amount.matches()) {
            throw new IllegalArgumentException(
                    "the limit '" + name + "' is a whole number, as in 100, 10M or 64Ki, and not '" + value + "'");
        }
        long base = "i".equals(amount.group(3)) ? 1024 : 1000;
        long number = Long.parseLong(amount.group(1));
        int thousands = amount.group(2) == null ? 0 : "KMGT".indexOf(amount.group(2)) + 1;
        for (int i = 0; i < thousands; i++) {
            number = Math.multiplyExact(number, base);
        }
        return number;
    }

    private static Duration time(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "the limit 'waiting' is a time, as in 500ms, 30s, 5m or 2h, and not '" + value + "'");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
