package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
    private static Options parse(String... words) throws UsageException {
        return Options.parse(List.of(words));
    }

    @Test
    void quickIsADefaultThatOthersChange() throws Exception {
        Options options = parse("--rounds", "4", "--quick");
        assertEquals(4, options.rounds());
        assertEquals(0.3, options.seconds());
        assertEquals(2, options.warmUp());
    }

    @Test
    void namesAreTakenInTheTablesOrder() throws Exception {
        Options options = parse("--workloads=start,call-cost", "--runtimes", "cpython, pysockets");
        assertEquals(List.of("call-cost", "start"), options.workloads().stream().map(Workload::name).toList());
        assertEquals(List.of("pysockets", "cpython"), options.runtimes());
    }

    @Test
    void processesAreNewWhereThatIsAsked() throws Exception {
        assertFalse(parse().fresh());
        assertTrue(parse("--quick", "--fresh").fresh());
    }

    @Test
    void olderNameOfWorkloadsIsTaken() throws Exception {
        assertEquals(parse("--workloads", "send,recv").workloads(), parse("--works", "send,recv").workloads());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --workloads|call-cost,nothing,no|there is no workload named nothing, no; --list names those there are.
            --runtimes|pypy|there is no runtime named pypy; --list names those there are.
            --runtimes|,|no runtime is named.
            --rounds|0|--rounds cannot be "0".
            --rounds|2.5|--rounds cannot be "2.5".
            --seconds|NaN|--seconds cannot be "NaN".
            --warm-up|-1|--warm-up cannot be "-1".
            --lots|3|there is no option --lots; --help names those there are.
            --quick=3|--list|--quick takes no value.
            --fresh=1|--list|--fresh takes no value.
            --list|--out|--out needs a value after it.
            call-cost|--list|"call-cost" is no option, and nothing else is expected; see --help.
            """)
    void whatIsWrongIsSaidInOneSentence(String first, String second, String message) {
        assertEquals(message, assertThrows(UsageException.class, () -> parse(first, second)).getMessage());
    }
}
