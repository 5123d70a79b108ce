package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.fixtures.FastClockStack;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;

/** The time of a script is that of its stack, where that has a clock of its own. */
final class StackTimeTest {
    /** Far less than the times that the scripts wait for. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FastClockStack stack = new FastClockStack(LinuxStack.open());

    private String result(String script) {
        long begun = System.nanoTime();
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(stack))) {
            String text = sandbox.text(script);
            assertTrue(System.nanoTime() - begun < LIMIT.toNanos(), "time is that of the stack");
            return text;
        }
    }

    @Test
    void clocksAreTheStacks() {
        assertEquals("True True True True True 2000", result("""
                import time, datetime
                def near(value, unit):
                    return 0 <= value / unit - %d < 360 * 86400
                elapsed = time.monotonic()
                " ".join(map(str, [
                    near(time.time(), 1),
                    near(time.time_ns(), 10**9),
                    time.monotonic_ns() >= elapsed * 1e9,
                    time.perf_counter() >= elapsed,
                    time.perf_counter_ns() >= elapsed * 1e9,
                    time.gmtime().tm_year,
                ]))
                """.formatted(FastClockStack.START)));
    }

    @Test
    void datesAreOfThatTime() {
        assertEquals("2000 2000 2000 2000 2000 2000", result("""
                import time, datetime
                " ".join(map(str, [
                    datetime.datetime.now().year,
                    datetime.datetime.now(datetime.UTC).year,
                    datetime.date.today().year,
                    time.localtime().tm_year,
                    time.ctime()[-4:],
                    time.strftime("%Y"),
                ]))
                """));
    }

    /** A function as an attribute of a class does not become its method. */
    @Test
    void functionsStayFunctions() {
        assertEquals("True True time", result("""
                import time
                class Timer:
                    clock = time.monotonic
                    wait = time.sleep
                " ".join(map(str, [Timer().clock() > 0, Timer().wait(1) is None, time.sleep.__module__]))
                """));
    }

    @Test
    void sleepTakesTheTimeOfTheStack() {
        assertEquals("True", result("""
                import time
                begun = time.monotonic()
                time.sleep(7200)
                str(7200 <= time.monotonic() - begun < 20000)
                """));
    }

    @Test
    void sleepChecksItsArgument() {
        assertEquals("""
                ValueError sleep length must be non-negative
                TypeError 'str' object cannot be interpreted as an integer
                ValueError Invalid value NaN (not a number)
                OverflowError timestamp out of range for platform time_t
                OverflowError timestamp too large to convert to C _PyTime_t
                TypeError time.sleep() takes exactly one argument (0 given)
                TypeError time.sleep() takes exactly one argument (2 given)""", result("""
                import time
                def told(*args):
                    try:
                        time.sleep(*args)
                    except Exception as error:
                        return f"{type(error).__name__} {error}"
                "\\n".join([told(-1), told("x"), told(float("nan")), told(1e300), told(10**30), told(), told(1, 2)])
                """));
    }

    @Test
    void waitsOfThreadsTakeTheTimeOfTheStack() {
        assertEquals("False False False Empty True", result("""
                import queue, threading, time
                begun = time.monotonic()
                results = [threading.Event().wait(3600)]
                condition = threading.Condition()
                with condition:
                    results.append(condition.wait(3600))
                held = threading.Lock()
                held.acquire()
                results.append(held.acquire(timeout=3600))
                try:
                    queue.Queue().get(timeout=3600)
                except queue.Empty:
                    results.append("Empty")
                results.append(4 * 3600 <= time.monotonic() - begun)
                " ".join(map(str, results))
                """));
    }

    @Test
    void threadsAreAnnounced() {
        assertEquals("[0, 1, 2, 3] True False", result("""
                import threading, time
                order = []
                def work(number):
                    time.sleep(max(0, begun + 3600 * number - time.monotonic()))
                    order.append(number)
                begun = time.monotonic()
                threads = [threading.Thread(target=work, args=(number,)) for number in (3, 1, 2, 0)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                f"{order} {time.monotonic() - begun >= 10800} {any(thread.is_alive() for thread in threads)}"
                """));
        assertEquals(4, stack.announced.get());
        assertEquals(4, stack.begun.get());
        assertEquals(4, stack.ended.get());
    }

    @Test
    void threadFailsAsInCPython() {
        assertEquals("ValueError('odd') Exception ignored in thread started by True 1", result("""
                import _thread, sys, threading
                told, done = [], threading.Event()
                def hook(unraisable):
                    told.append(f"{unraisable.exc_value!r} {unraisable.err_msg} {unraisable.object is bad}")
                    told.append(len(list(iter_frames(unraisable.exc_traceback))))
                    done.set()
                def iter_frames(traceback):
                    while traceback:
                        yield traceback
                        traceback = traceback.tb_next
                def bad():
                    raise ValueError("odd")
                sys.unraisablehook = hook
                _thread.start_new_thread(bad, ())
                done.wait()
                " ".join(map(str, told))
                """));
    }

    @Test
    void locksBehaveAsCPythons() {
        assertEquals("""
                ValueError timeout value must be positive
                ValueError can't specify a timeout for a non-blocking call
                ValueError Invalid value NaN (not a number)
                TypeError 'str' object cannot be interpreted as an integer
                True
                False
                False
                RuntimeError release unlocked lock
                RuntimeError cannot release un-acquired lock
                True True""", result("""
                import _thread, threading
                def told(function, *args):
                    try:
                        return str(function(*args))
                    except Exception as error:
                        return f"{type(error).__name__} {error}"
                lock, rlock = threading.Lock(), threading.RLock()
                lines = [
                    told(lock.acquire, True, -2),
                    told(lock.acquire, False, 1),
                    told(lock.acquire, True, float("nan")),
                    told(lock.acquire, True, "x"),
                    told(lock.acquire, False, -1.0),
                    told(lock.acquire, True, 0),
                    told(lock.acquire, False),
                ]
                lock.release()
                lines.append(told(lock.release))
                lines.append(told(rlock.release))
                with rlock, rlock, lock:
                    lines.append(f"{isinstance(lock, _thread.LockType)} {lock.locked()}")
                "\\n".join(lines)
                """));
    }

    @Test
    void timersOfEventLoopsFollow() {
        assertEquals("['second', 'first'] True True", result("""
                import asyncio, time
                async def main():
                    order = []
                    async def late(name, delay):
                        await asyncio.sleep(delay)
                        order.append(name)
                    loop = asyncio.get_running_loop()
                    begun = loop.time()
                    await asyncio.gather(late("first", 7200), late("second", 3600))
                    timed_out = False
                    try:
                        await asyncio.wait_for(asyncio.Event().wait(), 3600)
                    except TimeoutError:
                        timed_out = True
                    return f"{order} {timed_out} {loop.time() - begun >= 10800}"
                asyncio.run(main())
                """));
    }

    @Test
    void executorsFollow() {
        assertEquals("[0, 1, 4, 9]", result("""
                import time
                from concurrent.futures import ThreadPoolExecutor
                def square(number):
                    time.sleep(1800)
                    return number * number
                with ThreadPoolExecutor(2) as pool:
                    results = list(pool.map(square, range(4)))
                str(results)
                """));
    }

    @Test
    void timeoutsOfSocketsFollow() {
        assertEquals("timed out True", result("""
                import select, socket, time
                a, b = socket.socketpair()
                begun = time.monotonic()
                select.select([a], [], [], 1800)
                a.settimeout(1800)
                try:
                    a.recv(1)
                except TimeoutError as error:
                    told = str(error)
                f"{told} {time.monotonic() - begun >= 3600}"
                """));
    }

    @Test
    void applicationMayKeepTheProcesssTime() {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(stack).stackTime(false))) {
            assertEquals("True builtin_function_or_method", sandbox.text("""
                    import time, datetime
                    f"{datetime.datetime.now().year > 2020} {type(time.sleep).__name__}"
                    """));
        }
    }

    @Test
    void otherStacksChangeNothing() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("builtin_function_or_method True True", sandbox.text("""
                    import sys, threading, time, queue, datetime
                    names = [name for name in sys.modules if name in ("_pysockets.clock", "_pysockets.locks")]
                    f"{type(time.sleep).__name__} {names == []} {'_pydatetime' not in sys.modules}"
                    """));
        }
    }

    @Test
    void endOfTheSocketsEndsWaitsForTime() throws Exception {
        CompletableFuture<Integer> told = new CompletableFuture<>();
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(stack))) {
            sandbox.run("""
                    import threading, time
                    def wait(tell):
                        try:
                            time.sleep(10 ** 9)
                        except OSError as error:
                            tell(error.errno)
                    def begin(tell):
                        threading.Thread(target=wait, args=(tell,), daemon=True).start()
                    begin
                    """).execute((ProxyExecutable) errno -> told.complete(errno[0].asInt()));
            sandbox.sockets.close();
            assertEquals(Errno.EBADF, told.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }
}
