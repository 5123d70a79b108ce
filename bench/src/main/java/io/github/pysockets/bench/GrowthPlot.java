package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws as SVG how cost grows with the number of sockets: a panel for each workload with sizes, a line for each
 * runtime.
 */
final class GrowthPlot {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 340;
    private static final int HEAD = 96;
    private static final int COLUMNS = 2;
    private static final int LEFT = 78;
    private static final int RIGHT = 30;
    private static final int TOP = 34;
    private static final int BOTTOM = 56;
    private static final int LEGEND_LINE = 24;
    /** About the width of a letter of the legend. */
    private static final int LETTER = 7;

    private static final int LEAST_FACTOR = 6;

    private static final String GRID = "#ddd";
    private static final String EDGE = "#666";

    private record Panel(String workload, String title, String across, String up) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("select", "select", "idle sockets", "us for one wake-up"),
            new Panel("poll", "poll", "idle sockets", "us for one wake-up"),
            new Panel("epoll", "epoll", "idle sockets", "us for one wake-up"),
            new Panel("asyncio-echo", "asyncio echo server", "clients", "messages/s"));

    /**
     * One for each runtime, whichever of them there are: the same in every plot, and different for the color-blind too.
     */
    private static final List<String> COLORS =
            List.of("#d55e00", "#e69f00", "#b3610e", "#0072b2", "#56b4e9", "#3b3bb3", "#009e73", "#cc79a7", "#444",
                    "#888", "#a3a300");

    private final Results results;
    private final List<Panel> panels;
    private final List<String> runtimes;

    GrowthPlot(Results results) {
        this.results = results;
        panels = PANELS.stream().filter(panel -> !of(panel).isEmpty()).toList();
        runtimes = Candidates.NAMES.stream()
                .filter(name -> panels.stream()
                        .anyMatch(panel -> of(panel).stream().anyMatch(each -> each.runtime().equals(name))))
                .toList();
    }

    private List<Measurement> of(Panel panel) {
        return results.measurements().stream()
                .filter(each -> each.workload().equals(panel.workload()))
                .filter(each -> each.median() != null && each.parameter() != null)
                .toList();
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return panels.isEmpty();
    }

    /** The text of the file. */
    String svg() {
        int lines = (panels.size() + COLUMNS - 1) / COLUMNS;
        var svg = new Svg(COLUMNS * WIDTH, HEAD + lines * HEIGHT);
        svg.heading(20, 30, Svg.Anchor.START, 18, "How cost grows with the number of sockets");
        svg.text(20, 52, Svg.Anchor.START,
                "Medians of " + results.settings().rounds() + " rounds; both axes are logarithmic. "
                        + "us: microseconds, less is better. messages/s: more is better.");
        legend(svg);
        for (int index = 0; index < panels.size(); index++) {
            draw(svg, panels.get(index), index % COLUMNS * WIDTH, HEAD + index / COLUMNS * HEIGHT);
        }
        return svg.toString();
    }

    private void legend(Svg svg) {
        double x = 20;
        for (String name : runtimes) {
            svg.path(List.of(new Svg.Point(x, 76), new Svg.Point(x + LEGEND_LINE, 76)), color(name));
            svg.dot(x + LEGEND_LINE / 2.0, 76, color(name));
            svg.text(x + LEGEND_LINE + 6, 80, Svg.Anchor.START, name);
            x += LEGEND_LINE + 24 + LETTER * name.length();
        }
    }

    private static String color(String runtime) {
        return COLORS.get(Candidates.NAMES.indexOf(runtime));
    }

    private void draw(Svg svg, Panel panel, double left, double top) {
        List<Measurement> shown = of(panel);
        var across = LogAxis.around(shown.stream().mapToInt(Measurement::parameter).min().orElseThrow(),
                shown.stream().mapToInt(Measurement::parameter).max().orElseThrow());
        double least = shown.stream().mapToDouble(Measurement::median).min().orElseThrow();
        double most = shown.stream().mapToDouble(Measurement::median).max().orElseThrow();
        // Not the whole height for what hardly differs.
        var up = LogAxis.around(least, Math.max(most, LEAST_FACTOR * least));
        double x0 = left + LEFT;
        double x1 = left + WIDTH - RIGHT;
        double y0 = top + HEIGHT - BOTTOM;
        double y1 = top + TOP;
        svg.heading((x0 + x1) / 2, top + 22, Svg.Anchor.MIDDLE, 14, panel.title());
        for (double tick : across.ticks()) {
            double x = x0 + across.position(tick) * (x1 - x0);
            svg.line(x, y0, x, y1, GRID);
            svg.text(x, y0 + 18, Svg.Anchor.MIDDLE, LogAxis.label(tick));
        }
        for (double tick : up.ticks()) {
            double y = y0 + up.position(tick) * (y1 - y0);
            svg.line(x0, y, x1, y, GRID);
            svg.text(x0 - 6, y + 4, Svg.Anchor.END, LogAxis.label(tick));
        }
        svg.line(x0, y0, x1, y0, EDGE);
        svg.line(x0, y0, x0, y1, EDGE);
        svg.text((x0 + x1) / 2, y0 + 40, Svg.Anchor.MIDDLE, panel.across());
        svg.upward(left + 18, (y0 + y1) / 2, panel.up());
        // Ours last, on top of the others.
        for (String runtime : runtimes.reversed()) {
            var points = new ArrayList<Svg.Point>();
            for (Measurement each : shown) {
                if (each.runtime().equals(runtime)) {
                    points.add(new Svg.Point(x0 + across.position(each.parameter()) * (x1 - x0),
                            y0 + up.position(each.median()) * (y1 - y0)));
                }
            }
            if (!points.isEmpty()) {
                svg.path(points, color(runtime));
                points.forEach(point -> svg.dot(point.x(), point.y(), color(runtime)));
            }
        }
    }
}
