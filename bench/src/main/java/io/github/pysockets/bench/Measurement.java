package io.github.pysockets.bench;

import com.google.gson.annotations.SerializedName;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What one runtime did in one case of a workload.
 *
 * @param workload the workload's name; older files call it work
 * @param parameter its size, or null
 * @param runtime the runtime's name
 * @param unit of median, min and max
 * @param median of the samples' figures; null where there are none
 * @param processor the median processor time, in processorUnit; null where it is not known
 * @param cold the figure of the warm-up's beginning; null where there was no warm-up
 * @param settled after how many seconds of the workload its figure was near its best; null where there was no warm-up
 * @param samples one for each round
 * @param note what a reader of the figure has to know, or null
 * @param failure why there are no samples, or no more; null if all went well
 */
record Measurement(@SerializedName(value = "workload", alternate = "work") String workload, Integer parameter,
        String runtime, String unit, Double median, Double min, Double max,
        Double processor, String processorUnit, Double cold, Double settled, List<Sample> samples, String note,
        String failure) {

    /** @param warmUp the parts of the warm-up, none where there was none */
    static Measurement of(Workload.Case what, String runtime, List<Sample> warmUp, List<Sample> samples, String note,
            String failure) {
        Unit unit = what.workload().unit();
        double[] figures = samples.stream().mapToDouble(unit::figure).sorted().toArray();
        double[] processor = samples.stream().map(unit::processor).filter(Objects::nonNull).mapToDouble(each -> each)
                .toArray();
        boolean none = figures.length == 0;
        var settling = new Settling(unit, warmUp, samples);
        return new Measurement(what.workload().name(), what.parameter(), runtime, what.workload().unitText(),
                medianOf(figures),
                none ? null : figures[0], none ? null : figures[figures.length - 1], medianOf(processor),
                unit.processorText(), none ? null : settling.cold(), none ? null : settling.seconds(),
                List.copyOf(samples), note, failure);
    }

    /** The one in the middle, or the mean of the two there; null of none. */
    static Double medianOf(double... values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    boolean isOf(String otherWorkload, Integer otherParameter) {
        return workload.equals(otherWorkload) && Objects.equals(parameter, otherParameter);
    }

    /** Whether more of the unit is better. */
    boolean more() {
        return unit.endsWith("/s");
    }
}
