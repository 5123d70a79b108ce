package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TablesTest {
    private static final Workload.Case CALL = RunOfFigures.named("call-cost");
    private static final Workload.Case CONNECT = RunOfFigures.named("connect");
    private static final Workload.Case POLL = RunOfFigures.named("poll");

    @Test
    void columnsAreAsWideAsTheyNeed() {
        var table = new TextTable(1);
        table.row(List.of("a", "1,000", ""));
        table.row(List.of("long", "5"));
        assertEquals("a     1,000\nlong      5\n", table.toString());
    }

    @Test
    void aRowHasEachRuntimeAndTheRatios() {
        String text = new Tables(new RunOfFigures()
                .runtime("pysockets")
                .runtime("graalpy-java", "poll: there is none")
                .runtime("cpython")
                .absent("jython", "no jar")
                .figures(CALL, "pysockets", 3e-6)
                .measured(CALL, "graalpy-java", "a TCP pair", null, 6e-6)
                .figures(CALL, "cpython", 2e-6)
                .figures(POLL, "pysockets", 12.5e-6)
                .measured(POLL, "cpython", null, "no answer in 9 s")
                .results()).medians();
        assertTrue(text.contains("""
                Warm-up 6 s, then 3 rounds of 0.5 s, the runtimes in turn.
                pysockets          1.0
                graalpy-java       1.0
                                   without poll: there is none
                cpython            1.0
                jython             left out: no jar

                workload   unit  size  pysockets  graalpy-java     cpython  to cpython  to graalpy
                call-cost  us               3.00      [1] 6.00        2.00      1.50 x     0.500 x
                poll       us       1       12.5             -  [2] failed           -           -
                """), text);
        assertTrue(text.endsWith("""

                [1] a TCP pair
                [2] failed: no answer in 9 s
                """), text);
    }

    @Test
    void whatWasColdIsToldWithTheTimeUntilItSettled() {
        String text = new Tables(new RunOfFigures()
                .runtime("pysockets")
                .runtime("cpython")
                .warmed(CONNECT, "pysockets", new double[] {100, 600, 955, 800}, 1000, 1020)
                .figures(CONNECT, "cpython", 2000)
                .figures(CALL, "pysockets", 3e-6)
                .results()).medians();
        assertTrue(text.contains("""
                cold     unit  size   pysockets  cpython
                connect  1/s         100, 2.0 s        -

                """), text);
    }

    @Test
    void detailsHaveSpreadAndProcessorTime() {
        String text = new Tables(
                new RunOfFigures().runtime("pysockets").figures(CALL, "pysockets", 3e-6, 1e-6, 2e-6).results())
                .details();
        assertTrue(text.startsWith("""
                workload   runtime    unit  size  median   min   max  processor
                call-cost  pysockets  us            2.00  1.00  3.00       2.00  us
                """), text);
    }
}
