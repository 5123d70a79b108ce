package io.github.pysockets.stack;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.proxy.ProxyStack;
import java.net.InetSocketAddress;

/** The contract, beside a proxy through which nothing goes. */
final class ProxyStackContractTest extends StackContract {
    private static final SocketStack STACK = new ProxyStack(
            LinuxStack.open(), Proxy.socks5(new InetSocketAddress("127.0.0.1", 9)).onlyFor(_ -> false));

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
