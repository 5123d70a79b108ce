package io.github.pysockets.bench;

import java.util.List;
import java.util.Locale;

/** The few shapes of SVG 1.1 that a plot is made of. Lengths are pixels, from the upper left corner. */
final class Svg {
    /** Where a text is, as seen from its place. */
    enum Anchor {
        START, MIDDLE, END
    }

    record Point(double x, double y) {}

    private final StringBuilder text = new StringBuilder();

    /** An empty white picture. */
    Svg(int width, int height) {
        text.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="12">
                <rect width="%1$d" height="%2$d" fill="#fff"/>
                """.formatted(width, height));
    }

    void line(double x1, double y1, double x2, double y2, String color) {
        add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>", place(x1), place(y1), place(x2), place(y2),
                color);
    }

    /** A thick line through the points. */
    void path(List<Point> points, String color) {
        var places = new StringBuilder();
        points.forEach(each -> places.append(places.isEmpty() ? "" : " ").append(place(each.x())).append(',')
                .append(place(each.y())));
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", places, color);
    }

    void dot(double x, double y, String color) {
        add("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"/>", place(x), place(y), color);
    }

    void text(double x, double y, Anchor anchor, String words) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>", place(x), place(y), name(anchor), escaped(words));
    }

    void heading(double x, double y, Anchor anchor, int size, String words) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\" font-weight=\"bold\">%s</text>", place(x),
                place(y),
                name(anchor), size, escaped(words));
    }

    /** Words that are read from the bottom to the top, with their middle at the place. */
    void upward(double x, double y, String words) {
        add("<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\">%s</text>", place(x), place(y),
                escaped(words));
    }

    private void add(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }

    private static String place(double pixels) {
        String number = String.format(Locale.ROOT, "%.1f", pixels);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static String name(Anchor anchor) {
        return anchor.name().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole file. */
    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
