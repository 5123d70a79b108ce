package io.github.pysockets.bench.micro.policy;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.UnsupportedStack;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a policy takes to decide a connect, in front of a stack that does nothing. Each time to another address. */
public class DecisionBenchmark extends Microbenchmark {
    private static final int ADDRESSES = 1 << 12;

    @Param({"1", "100", "10000"})
    public int rules;

    private final SocketAddress[] addresses = new SocketAddress[ADDRESSES];
    private Endpoint endpoint;
    private NetworkPolicy policy;
    private int next;

    /** Rules of all kinds, of which a tenth deny: addresses, prefixes of every length, names, ports. */
    @Setup
    public void makeRules() {
        Random random = new Random(1);
        NetworkPolicy.Builder builder = NetworkPolicy.builder();
        for (int number = 0; number < rules; number++) {
            builder.rule((number % 10 == 9 ? "deny " : "allow ") + switch (number % 5) {
                case 0 -> "%d.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256),
                        random.nextInt(256));
                case 1 -> "%d.%d.0.0/%d".formatted(random.nextInt(256), random.nextInt(256), 8 + random.nextInt(25));
                case 2 -> "[2001:db8:%x::%x]:443".formatted(random.nextInt(1 << 16), random.nextInt(1 << 16));
                case 3 -> "2001:db8:%x::/%d".formatted(random.nextInt(1 << 16), 32 + random.nextInt(97));
                default -> "host%d.example.com:%d".formatted(number, random.nextInt(1 << 16));
            });
        }
        policy = builder.build();
        for (int at = 0; at < ADDRESSES; at++) {
            addresses[at] = at % 2 == 0
                    ? new SockaddrIn(random.nextInt(), 443)
                    : new SockaddrIn6(0x2001_0db8_0000_0000L | random.nextInt(1 << 16) << 16, random.nextInt(1 << 16),
                            443, 0, 0);
        }
        endpoint = new PolicyStack(new Nothing(), policy, _ -> {}).endpoint(0);
    }

    /** Endpoints to which every connection succeeds. */
    private static final class Nothing extends ForwardingStack {
        Nothing() {
            super(new UnsupportedStack());
        }

        @Override
        protected Endpoint wrap(Endpoint unsupported) {
            return new ForwardingEndpoint(unsupported, this::wrap) {
                @Override
                public int connect(SocketAddress remote) {
                    return 0;
                }
            };
        }
    }

    @Benchmark
    public int connect() {
        next = next + 1 & ADDRESSES - 1;
        return endpoint.connect(addresses[next]);
    }

    /** With the reading of the text, and the sentence. */
    @Benchmark
    public Object explain() {
        return policy.explain("connect", "host77.example.com:80");
    }
}
