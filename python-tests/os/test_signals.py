"""Signals that a process sends to itself, in Python's main thread: what their handlers and the functions around do."""

import _thread
import errno
import os
import queue
import re
import signal
import sys
import threading
import time
import unittest

from support import LIMIT
from support.signals import Interrupted, SignalCase
from support.streams import SHORT


class SignalHandlersTest(SignalCase):
    def setUp(self):
        super().setUp()
        if not hasattr(signal, "pthread_kill"):
            self.skipTest("this Python has no signal.pthread_kill")
        self.on_alarm(self.counting)

    def counting(self, number, frame):
        super().counting(number, frame)
        self.frame = frame

    def test_they_have_run_when_the_call_that_sends_returns(self):
        os.kill(os.getpid(), signal.SIGALRM)
        self.assertEqual(self.handled, 1)
        signal.raise_signal(signal.SIGALRM)
        self.assertEqual(self.handled, 2)
        signal.pthread_kill(threading.get_ident(), signal.SIGALRM)
        self.assertEqual(self.handled, 3)
        self.assertIs(self.frame.f_code, sys._getframe().f_code)

    def test_what_they_raise_comes_out_of_the_call(self):
        self.on_alarm(self.raising)
        with self.assertRaises(Interrupted):
            os.kill(os.getpid(), signal.SIGALRM)

    def test_they_run_amid_regular_expressions(self):
        signal.setitimer(signal.ITIMER_REAL, SHORT, SHORT)
        end = time.monotonic() + LIMIT
        while self.handled < 5:
            re.sub("a+b?", "b", "aaab" * 50)
            self.assertLess(time.monotonic(), end)

    def test_a_sleep_goes_on_for_the_time_that_remains(self):
        signal.setitimer(signal.ITIMER_REAL, SHORT, SHORT)
        start = time.monotonic()
        time.sleep(1)
        self.assertGreaterEqual(time.monotonic() - start, 1)
        self.assertGreater(self.handled, 1)

    def test_they_run_while_a_queue_is_empty(self):
        waiting = queue.SimpleQueue()
        self.on_alarm(lambda number, frame: waiting.put(number))
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        self.assertEqual(waiting.get(), signal.SIGALRM)

    def test_they_run_in_the_main_thread(self):
        threads = []
        self.on_alarm(lambda number, frame: threads.append(threading.current_thread()))
        self.peer(lambda: signal.pthread_kill(threading.get_ident(), signal.SIGALRM)).join()
        end = time.monotonic() + LIMIT
        while not threads:
            self.assertLess(time.monotonic(), end)
        self.assertEqual(threads, [threading.main_thread()])

    def test_a_thread_can_interrupt_the_main_thread(self):
        self.peer(lambda: _thread.interrupt_main(signal.SIGALRM)).join()
        end = time.monotonic() + LIMIT
        while not self.handled:
            self.assertLess(time.monotonic(), end)

    def test_blocked_signals_wait(self):
        self.addCleanup(signal.pthread_sigmask, signal.SIG_SETMASK, ())
        self.assertEqual(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM}), set())
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGALRM)
        self.assertEqual(signal.sigpending(), {signal.SIGALRM})
        self.assertEqual(self.handled, 0)
        self.assertEqual(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM}), {signal.SIGALRM})
        self.assertEqual((self.handled, signal.sigpending()), (1, set()))

    def test_a_blocked_signal_can_be_waited_for(self):
        self.addCleanup(signal.pthread_sigmask, signal.SIG_SETMASK, ())
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        self.assertEqual(signal.sigwait({signal.SIGALRM}), signal.SIGALRM)
        self.assertEqual(self.handled, 0)

    def test_pause_ends_after_a_handler(self):
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        signal.pause()
        self.assertEqual(self.handled, 1)


class SignalFunctionsTest(SignalCase):
    def setUp(self):
        super().setUp()
        if not hasattr(signal, "pthread_kill"):
            self.skipTest("this Python has no signal.pthread_kill")

    def test_only_the_main_thread_sets_handlers(self):
        text = "^signal only works in main thread of the main interpreter$"

        def refuse():
            with self.assertRaisesRegex(ValueError, text):
                signal.signal(signal.SIGALRM, self.counting)
            self.assertEqual(signal.getsignal(signal.SIGALRM), signal.SIG_DFL)

        self.peer(refuse).join()

    def test_numbers_out_of_range(self):
        for call in (
            lambda number: signal.signal(number, signal.SIG_DFL),
            signal.getsignal,
            signal.strsignal,
            lambda number: signal.siginterrupt(number, False),
        ):
            for number in 0, -1, signal.NSIG:
                with self.assertRaisesRegex(ValueError, "^signal number out of range$"):
                    call(number)
        with self.assertRaisesRegex(ValueError, r"^signal number 65 out of range \[1; 64\]$"):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.NSIG])

    def test_handlers_that_are_none(self):
        text = "^signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object$"
        for handler in None, 2, "text":
            with self.assertRaisesRegex(TypeError, text):
                signal.signal(signal.SIGALRM, handler)

    def test_signals_that_take_no_handler(self):
        for number in signal.SIGKILL, signal.SIGSTOP:
            self.assertErrno(errno.EINVAL, signal.signal, number, self.counting)
            self.assertEqual(signal.getsignal(number), signal.SIG_DFL)

    def test_texts(self):
        self.assertEqual(signal.strsignal(signal.SIGINT), "Interrupt")
        self.assertEqual(signal.strsignal(signal.SIGTERM), "Terminated")
        self.assertIn(signal.SIGALRM, signal.valid_signals())
        self.assertNotIn(0, signal.valid_signals())

    def test_what_python_ignores(self):
        for number in signal.SIGPIPE, signal.SIGXFSZ:
            self.assertEqual(signal.getsignal(number), signal.SIG_IGN)

    def test_a_signal_that_is_none_only_checks(self):
        signal.pthread_kill(threading.get_ident(), 0)
        self.assertErrno(errno.EINVAL, signal.pthread_kill, threading.get_ident(), 1000)

    def test_a_descriptor_stands_for_a_process(self):
        if not hasattr(os, "pidfd_open"):
            self.skipTest("this Python has no os.pidfd_open")
        self.on_alarm(self.counting)
        descriptor = os.pidfd_open(os.getpid())
        self.addCleanup(os.close, descriptor)
        signal.pidfd_send_signal(descriptor, signal.SIGALRM)
        end = time.monotonic() + LIMIT
        while not self.handled:
            self.assertLess(time.monotonic(), end)
        self.assertErrno(errno.EBADF, signal.pidfd_send_signal, 1 << 20, signal.SIGALRM)


class ThreadIdentifiersTest(SignalCase):
    def test_they_are_the_same_everywhere(self):
        def check():
            self.assertEqual(threading.current_thread().ident, threading.get_ident())
            self.assertEqual(threading.current_thread().native_id, threading.get_native_id())
            self.assertIs(sys._current_frames()[threading.get_ident()], sys._getframe())
            if os.path.isdir("/proc/self/task"):
                self.assertIn(str(threading.get_native_id()), os.listdir("/proc/self/task"))

        check()
        for peer in [self.peer(check) for _ in range(5)]:
            peer.join()

    def test_a_new_thread_has_the_one_that_its_start_returned(self):
        own = queue.SimpleQueue()
        started = _thread.start_new_thread(lambda: own.put(threading.get_ident()), ())
        self.assertEqual(own.get(timeout=LIMIT), started)


class NumbersTest(SignalCase):
    """Numbers that no C int can hold."""

    HUGE = 2**40, 2**70, -(2**40)

    def test_they_are_refused(self):
        for number in self.HUGE:
            for call, *arguments in (
                (signal.pthread_kill, threading.get_ident(), number),
                (signal.pidfd_send_signal, number, 1),
                (signal.pidfd_send_signal, -1, number),
                (signal.pidfd_send_signal, -1, 1, None, number),
                (signal.setitimer, number, 1),
                (signal.getitimer, number),
                (os.pidfd_open, number),
            ):
                with self.subTest(call.__name__, arguments=arguments):
                    self.assertRaises(OverflowError, call, *arguments)

    def test_the_low_bits_of_a_thread_count(self):
        self.assertIsNone(signal.pthread_kill(threading.get_ident() + 2**64, 0))


class TimersTest(SignalCase):
    def test_what_was_left_is_returned(self):
        self.assertEqual(signal.setitimer(signal.ITIMER_VIRTUAL, 1000, 5), (0.0, 0.0))
        left, interval = signal.getitimer(signal.ITIMER_VIRTUAL)
        self.assertTrue(900 < left <= 1000.01)
        self.assertEqual(interval, 5)
        self.assertEqual(signal.setitimer(signal.ITIMER_VIRTUAL, 0)[1], 5)
        self.assertEqual(signal.getitimer(signal.ITIMER_VIRTUAL), (0.0, 0.0))

    def test_alarm_in_whole_seconds(self):
        self.assertEqual(signal.alarm(1000), 0)
        self.assertEqual(signal.alarm(0), 1000)

    def test_refusals(self):
        for arguments in (9, 1), (signal.ITIMER_REAL, -1):
            with self.assertRaises(signal.ItimerError) as refusal:
                signal.setitimer(*arguments)
            self.assertEqual(refusal.exception.errno, errno.EINVAL)
        with self.assertRaises(signal.ItimerError):
            signal.getitimer(9)
        for seconds, kind in ("1", TypeError), (float("nan"), ValueError), (1e30, OverflowError):
            self.assertRaises(kind, signal.setitimer, signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    unittest.main()
