package io.github.pysockets.cli;

import java.util.Map;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** Calls of the C library for the modules of supplements.py. */
final class SupplementCalls {
    private SupplementCalls() {}

    /** The functions by the names under which Python calls them. */
    static ProxyObject forPython() {
        return ProxyObject.fromMap(Map.of(
                "group_by_name", (ProxyExecutable) name -> Groups.byName(name[0].asString()),
                "group_by_number", (ProxyExecutable) number -> Groups.byNumber(number[0].asLong()),
                "groups", (ProxyExecutable) _ -> Groups.all(),
                "prlimit", (ProxyExecutable) ResourceLimits::prlimit,
                "openlog", (ProxyExecutable) SystemLog::open,
                "syslog", (ProxyExecutable) SystemLog::write,
                "closelog", (ProxyExecutable) SystemLog::close,
                "setlogmask", (ProxyExecutable) SystemLog::setMask));
    }
}
