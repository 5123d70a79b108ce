package io.github.pysockets.faults;

/**
 * An exception of Python's.
 *
 * @param type module and name of its class
 * @param errno -1 for none
 * @param text what str gives
 */
public record Raised(String type, int errno, String text) {
    @Override
    public String toString() {
        return type + "(" + errno + ", " + text + ")";
    }
}
