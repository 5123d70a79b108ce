package io.github.pysockets.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of cases that cannot pass on a stack, and what becomes of those on them. */
final class LackListTest {
    private final LackList list = LackList.parse("""
            # a comment
            test_a.Whole\tpackets
            test_a.Part.test_one\tnames
            """);

    /** A module whose cases end as their names say. */
    private static CaseTree.Loaded module() {
        return new CaseTree.Loaded() {
            private final List<CaseTree.Case> cases = List.of(
                    new CaseTree.Case("Whole", "test_failed"),
                    new CaseTree.Case("Whole", "test_passed"),
                    new CaseTree.Case("Whole", "test_skipped"),
                    new CaseTree.Case("Part", "test_absent"),
                    new CaseTree.Case("Part", "test_passed"));

            @Override
            public List<CaseTree.Case> cases() {
                return cases;
            }

            @Override
            public CaseTree.Outcome run(int number, String id) {
                return switch (cases.get(number).method()) {
                    case "test_failed" -> new CaseTree.Outcome(CaseTree.FAILED, "traceback", "");
                    case "test_skipped" -> new CaseTree.Outcome(CaseTree.SKIPPED, "other reason", "");
                    case "test_absent" -> new CaseTree.Outcome(
                            CaseTree.SKIPPED, "this platform has no epoll", "");
                    default -> new CaseTree.Outcome(CaseOutcomes.PASSED, "", "");
                };
            }
        };
    }

    @Test
    void nameStandsForAllThatIsInIt() {
        assertEquals("packets", list.lacks("test_a.Whole.test_one"));
        assertEquals("names", list.lacks("test_a.Part.test_one"));
        assertNull(list.lacks("test_a.Part.test_two"));
        assertNull(list.lacks("test_a.WholeOther.test_one"));
        assertEquals(Set.of(), list.unused());
    }

    @Test
    void listedCaseIsSkippedOnlyIfItFails() {
        Map<String, String> outcomes = CaseOutcomes.of(
                CaseTree.module("test_a", CaseFilter.of(""), list, LackListTest::module));

        assertEquals("skipped: the stack lacks packets", outcomes.get("Whole.test_failed"));
        assertTrue(outcomes.get("Whole.test_passed").contains("is listed for lack of packets, and has not failed"));
        assertTrue(outcomes.get("Whole.test_skipped").contains("is listed for lack of packets, and has not failed"));
        assertEquals("skipped: this platform has no epoll", outcomes.get("Part.test_absent"));
        assertEquals(CaseOutcomes.PASSED, outcomes.get("Part.test_passed"));
        assertEquals(Map.of("packets", 1, "epoll", 1), list.skipped());
        assertEquals(Set.of("test_a.Part.test_one"), list.unused());
    }

    @Test
    void wrongLinesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LackList.parse("test_a"));
        assertThrows(IllegalArgumentException.class, () -> LackList.parse("test_a\tnames\ntest_a\tpackets\n"));
    }
}
