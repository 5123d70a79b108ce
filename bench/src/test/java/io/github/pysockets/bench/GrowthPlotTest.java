package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class GrowthPlotTest {
    @Test
    void aLineForEachRuntimeInEachPanel() throws Exception {
        var run = new RunOfFigures().runtime("pysockets").runtime("cpython");
        Workload poll = RunOfFigures.named("poll").workload();
        for (Workload.Case each : poll.cases()) {
            run.figures(each, "pysockets", each.parameter() * 1e-6).figures(each, "cpython", each.parameter() * 2e-6);
        }
        run.figures(RunOfFigures.named("asyncio-echo"), "pysockets", 9000);
        var plot = new GrowthPlot(run.results());
        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        // Two of the legend, two of poll, one of asyncio.
        assertEquals(5, root.getElementsByTagName("polyline").getLength());
        assertEquals(2 + 2 * poll.cases().size() + 1, root.getElementsByTagName("circle").getLength());
    }

    @Test
    void withoutSizesThereIsNothingToDraw() {
        assertTrue(new GrowthPlot(new RunOfFigures().figures(RunOfFigures.named("call-cost"), "java", 1).results())
                .isEmpty());
    }
}
