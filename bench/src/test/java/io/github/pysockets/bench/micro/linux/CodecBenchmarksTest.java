package io.github.pysockets.bench.micro.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The codecs that are reached by their names are there, and do what is measured. */
final class CodecBenchmarksTest {
    @ParameterizedTest
    @EnumSource
    void addressesComeBack(SockaddrBenchmark.Form form) throws Throwable {
        SockaddrBenchmark benchmark = new SockaddrBenchmark();
        benchmark.form = form;
        benchmark.encodeOnce();
        int length = benchmark.encode();
        assertTrue(length > 0);
        assertEquals(form.address(), benchmark.decode());
    }

    @Test
    void ancillaryDataComesBack() throws Throwable {
        ControlBenchmark benchmark = new ControlBenchmark();
        benchmark.encode();
        assertTrue(benchmark.decode().toString().contains("ControlMessage"), benchmark.decode()::toString);
    }

    @Test
    void nothingIsReady() throws Throwable {
        assertEquals(0, new PollfdBenchmark().encodeAndRead());
    }
}
