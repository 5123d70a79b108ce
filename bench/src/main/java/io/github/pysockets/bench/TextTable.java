package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns as wide as they need; those of figures to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final int left;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param left how many columns, from the first on, are words and stand to the left */
    TextTable(int left) {
        this.left = left;
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** One line for each row, without blanks at the end. */
    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String blanks = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : GAP).append(column < left ? cell + blanks : blanks + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
