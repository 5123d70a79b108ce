package io.github.pysockets.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that has its number in more places than one has the same number in each. */
final class NumbersTest {
    private static final List<Class<?>> CLASSES =
            List.of(AddressFamilies.class, ControlMessages.class, EpollFlags.class,
                    Errno.class, FileControl.class, IoControl.class, MessageFlags.class, Netdb.class, PollEvents.class,
                    Protocols.class, SocketOptions.class, SocketTypes.class);

    private final Map<String, Long> table = Constants.all();

    private static List<Field> constants() {
        List<Field> constants = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> Modifier.isPublic(field.getModifiers()))
                    .filter(field -> field.getType() == int.class || field.getType() == long.class)
                    .forEach(constants::add);
        }
        return constants;
    }

    @Test
    void constantsOfJavaAreThoseOfTheTable() throws IllegalAccessException {
        int compared = 0;
        for (Field constant : constants()) {
            Long inTable = table.get(constant.getName());
            if (inTable != null) {
                assertEquals(inTable, ((Number) constant.get(null)).longValue(), constant.getName());
                compared++;
            }
        }
        assertTrue(compared > 50, "compared " + compared);
    }

    @Test
    void errnosOfJavaAreThoseOfTheNames() throws IllegalAccessException {
        for (Field errno : Errno.class.getFields()) {
            assertEquals(ErrnoNames.numbers().get(errno.getName()), errno.getInt(null), errno.getName());
        }
    }

    @Test
    void noNameHasTwoNumbers() throws IllegalAccessException {
        List<String> names = constants().stream().map(Field::getName).toList();

        assertEquals(List.copyOf(new java.util.LinkedHashSet<>(names)), names);
    }

    @Test
    void optionsHaveTheNumbersOfTheTable() {
        int compared = 0;
        for (Map.Entry<String, Integer> option : SocketOptions.numbers().entrySet()) {
            Long inTable = table.get(option.getKey());
            if (inTable != null) {
                assertEquals(inTable, option.getValue().longValue(), option.getKey());
                compared++;
            }
        }
        assertTrue(compared > 80, "compared " + compared);
    }

    @ParameterizedTest
    @CsvSource({"0, 16, 16", "1, 17, 24", "4, 20, 24", "7, 23, 24", "8, 24, 24", "9, 25, 32", "12, 28, 32"})
    void lengthsOfAncillaryDataAreThoseOfTheMacros(long data, long length, long space) {
        assertEquals(length, ControlMessages.length(data));
        assertEquals(space, ControlMessages.space(data));
    }
}
