"""Child processes that a program drops, and their pipes."""

import gc
import os
import select
import signal
import subprocess
import unittest
from unittest import mock

from support import LIMIT, SocketTestCase
from support.collection import ResourceWarnings, collected

PIPE = subprocess.PIPE


class DroppedChildTest(SocketTestCase):
    def start(self, *command, **keywords):
        return subprocess.Popen(command, **keywords)

    def is_in_table(self, pid):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    def file_of(self, fd):
        """What a descriptor is open for; a pipe has a name of its own there."""
        try:
            return os.readlink("/proc/self/fd/%s" % fd)
        except FileNotFoundError:
            return None

    def open_files(self):
        return {self.file_of(fd) for fd in os.listdir("/proc/self/fd")}

    def end(self, pid):
        """Has a child end, and leaves it in the system's table."""
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    def test_a_pipe_that_is_dropped_is_closed(self):
        with self.start("cat", stdin=PIPE, stdout=PIPE) as child:
            child.stdin = None
            with ResourceWarnings():
                self.assertTrue(collected(lambda: select.select([child.stdout], [], [], 0)[0]))
            self.assertEqual(child.stdout.read(), b"")
            self.assertEqual(child.wait(LIMIT), 0)

    def test_a_running_child_keeps_its_pipes_and_is_looked_after(self):
        with ResourceWarnings() as warned:
            child = self.start("cat", stdin=PIPE, stdout=PIPE)
            pid, pipes = child.pid, {self.file_of(child.stdin.fileno()), self.file_of(child.stdout.fileno())}
            del child
            self.assertTrue(collected(warned.messages))
            self.assertEqual(warned.messages(), ["subprocess %d is still running" % pid])
        # In CPython what was recorded refers to the child.
        del warned
        with ResourceWarnings():
            gc.collect()
            self.assertLessEqual(pipes, self.open_files())
            self.end(pid)
            self.assertTrue(self.is_in_table(pid))
            self.start("true").wait(LIMIT)
            self.assertFalse(self.is_in_table(pid))
            self.assertTrue(collected(lambda: pipes.isdisjoint(self.open_files())))

    def test_a_child_that_runs_on_is_left_for_later(self):
        with ResourceWarnings() as warned:
            pid = self.start("cat", stdin=PIPE).pid
            self.assertTrue(collected(warned.messages))
            self.start("true").wait(LIMIT)
            self.assertTrue(self.is_in_table(pid))
            self.end(pid)
            self.start("true").wait(LIMIT)
            self.assertFalse(self.is_in_table(pid))

    def test_a_child_whose_end_is_known_is_dropped_without_a_word(self):
        with ResourceWarnings() as warned:
            self.start("true").wait(LIMIT)
            with self.start("cat", stdin=PIPE):
                pass
            with self.assertRaises(FileNotFoundError):
                self.start("/no/such/program")
            subprocess.run("true")
            gc.collect()
            self.assertEqual(warned.messages(), [])

    def test_a_child_of_a_class_of_the_programs_own(self):
        class Child(subprocess.Popen):
            pass

        with Child("exit 3", shell=True, stdout=PIPE, text=True) as child:
            self.assertEqual(child.stdout.read(), "")
        self.assertEqual((child.returncode, child.stdin), (3, None))
        self.assertEqual(repr(child), "<Child: returncode: 3 args: 'exit 3'>")
        child.note = "kept"
        self.assertEqual(vars(child)["note"], "kept")

    def test_attributes_can_be_replaced_for_a_time(self):
        with self.start("cat", stdin=PIPE, stdout=subprocess.DEVNULL) as child:
            with mock.patch.object(child, "stdin", "another"), mock.patch.object(child, "returncode", 5):
                self.assertEqual((child.stdin, child.returncode), ("another", 5))
            self.assertIsNone(child.returncode)
            child.stdin.write(b"text")
        self.assertEqual(child.returncode, 0)
        del child.stdin
        with self.assertRaises(AttributeError):
            child.stdin


if __name__ == "__main__":
    unittest.main()
