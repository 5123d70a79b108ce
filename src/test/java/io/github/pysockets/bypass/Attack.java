package io.github.pysockets.bypass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way around a policy, as a file of attacks has it. Such a file consists of sections. Each begins with a line
 * {@code ### name}; lines {@code # key: value} follow, then Python code, the body of a function. It returns False where
 * it has not done what it was to do.
 *
 * <p>Keys are:
 *
 * <ul>
 *   <li>{@code refused}: a rule of the policy that does not allow it. Several such lines make one policy
 *   <li>{@code allowed}: a rule of the policy that does
 *   <li>{@code both}: a rule of both
 *   <li>{@code shows}: what can be seen of it outside the policy if it gets through: see {@link Evidence}
 *   <li>{@code name}: {@code name = address, address; address} for the name service: what it answers to the first
 *       question, to the second and so on
 *   <li>{@code with}: {@code trusted} for a script that may use descriptors of the process; {@code native} for one
 *       whose {@code os} is the process's; {@code free} where no policy allows it, but the lack of one; {@code swap}
 *       where the link {@code swapped} comes to lead elsewhere between the check and the use
 * </ul>
 */
public record Attack(String name, List<String> refused, List<String> allowed, List<String> shows, List<String> names,
        List<String> with, String code) {
    /** Reads the attacks of a file beside this class. */
    public static List<Attack> read(String file) {
        try (InputStream stream = Attack.class.getResourceAsStream(file)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            List<Attack> attacks = new ArrayList<>();
            String[] sections = text.split("(?m)^### ");
            for (int i = 1; i < sections.length; i++) {
                attacks.add(attack(sections[i].lines().toList()));
            }
            return attacks;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Attack attack(List<String> lines) {
        List<String> header = lines.stream().skip(1).takeWhile(line -> line.startsWith("# ")).toList();
        String code = lines.stream().skip(1 + header.size())
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining());
        List<String> refused = new ArrayList<>(values(header, "both"));
        List<String> allowed = new ArrayList<>(values(header, "both"));
        refused.addAll(values(header, "refused"));
        allowed.addAll(values(header, "allowed"));
        return new Attack(lines.getFirst().strip(), refused, allowed, values(header, "shows"), values(header, "name"),
                values(header, "with"), "def attack():\n" + code);
    }

    private static List<String> values(List<String> header, String key) {
        String start = "# " + key + ": ";
        return header.stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
