package io.github.pysockets.bench;

import java.util.List;

/**
 * Something to measure.
 *
 * @param name as the command line and the workers have it
 * @param counted what is counted in a second where the unit is a rate, "" otherwise
 * @param parameters the sizes to do it in; empty where there is one size
 * @param place who does it
 * @param text what it is, for the list
 */
record Workload(String name, Unit unit, String counted, List<Integer> parameters, Place place, String text) {
    /** Who runs a workload. */
    enum Place {
        /** A worker, which all runtimes have. */
        WORKER,
        /** A worker that has done nothing before, for each sample. */
        NEW_WORKER,
        /** A process that is started for each sample, and ends. */
        FRESH,
        /** As FRESH, by the command alone, and without its AOT cache. */
        FRESH_NO_AOT,
        /** A worker in Java, which makes contexts and installs into them. */
        INSTALLER
    }

    /** How the table names the unit. */
    String unitText() {
        return counted.isEmpty() ? unit.text : counted + "/s";
    }

    /** One size of a workload. */
    record Case(Workload workload, Integer parameter) {
        @Override
        public String toString() {
            return parameter == null ? workload.name() : workload.name() + " " + parameter;
        }
    }

    List<Case> cases() {
        return parameters.isEmpty()
                ? List.of(new Case(this, null))
                : parameters.stream().map(each -> new Case(this, each)).toList();
    }
}
